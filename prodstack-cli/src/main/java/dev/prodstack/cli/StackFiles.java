package dev.prodstack.cli;

import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.cli.settings.Setting;
import dev.prodstack.cli.settings.Settings;
import dev.prodstack.core.compose.ComposeFile;
import dev.prodstack.core.compose.ComposeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds and reads the Compose files that the settings mean. */
final class StackFiles {
    /**
     * What a Compose file is called where nobody says, the preferred name first, as the Compose Specification has it.
     */
    static final List<String> NAMES =
            List.of("compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml");

    private StackFiles() {}

    /**
     * Reads the stack.
     *
     * @throws dev.prodstack.core.compose.ComposeException if anything is wrong with the files
     * @throws Failure if there are none
     */
    static ComposeFile load(Context context) throws IOException {
        Settings settings = context.settings();
        Path here = context.surroundings().workingDirectory();
        Optional<Path> projectDirectory =
                settings.word(Setting.PROJECT_DIRECTORY).map(here::resolve);
        List<Path> files = paths(here, settings.words(Setting.FILE));
        return ComposeFile.load(new ComposeSource(
                files.isEmpty() ? List.of(find(projectDirectory.orElse(here))) : files,
                settings.word(Setting.STACK),
                projectDirectory,
                paths(here, settings.words(Setting.ENV_FILE)),
                context.surroundings().environment(),
                new LinkedHashSet<>(settings.words(Setting.PROFILE))));
    }

    private static List<Path> paths(Path here, List<String> words) {
        return words.stream().map(here::resolve).toList();
    }

    private static Path find(Path directory) throws IOException {
        for (String name : NAMES) {
            if (Files.exists(directory.resolve(name))) {
                return directory.resolve(name);
            }
        }
        List<String> similar = similar(directory);
        throw Failure.usage(
                "no Compose file here; looked for " + String.join(", ", NAMES),
                similar.isEmpty() ? "name it with --file FILE" : "did you mean --file " + similar.get(0) + "?");
    }

    private static List<String> similar(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("(?i).*(compose|stack).*\\.ya?ml"))
                    .sorted()
                    .collect(Collectors.toList());
        }
    }
}
