package dev.prodstack.stack;

import dev.prodstack.core.compose.ComposeFile;
import dev.prodstack.core.compose.ComposeSource;
import dev.prodstack.core.stack.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the files of the reference stack are, and which of them are used together. */
enum StackFiles {
    PRODUCTION,
    OPERATED,
    SINGLE_NODE,
    OPERATED_SINGLE_NODE;

    static final Path DIRECTORY = Path.of("../stack");
    static final Path TEMPLATE = DIRECTORY.resolve(".env.prod.template");

    List<Path> files() {
        Stream<String> overlays = switch (this) {
            case PRODUCTION -> Stream.of();
            case OPERATED -> Stream.of("ops");
            case SINGLE_NODE -> Stream.of("single-node");
            case OPERATED_SINGLE_NODE -> Stream.of("ops", "single-node");
        };
        return Stream.concat(Stream.of("prod"), overlays)
                .map(name -> DIRECTORY.resolve("docker-compose." + name + ".yml"))
                .toList();
    }

    /** What the files say together, with the variables as the template has them. */
    ComposeFile read() {
        return read(Map.of());
    }

    /** The same with other values for some variables. */
    ComposeFile read(Map<String, String> environment) {
        return ComposeFile.load(ComposeSource.of(files().toArray(Path[]::new))
                .withEnvFiles(List.of(TEMPLATE))
                .withEnvironment(environment));
    }

    /** One service of what the files say together. */
    Service service(String name) {
        return Optional.ofNullable(read().stack().services().get(name)).orElseThrow();
    }

    /** The text of one of the stack's files. */
    static String text(String name) {
        try {
            return Files.readString(DIRECTORY.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
