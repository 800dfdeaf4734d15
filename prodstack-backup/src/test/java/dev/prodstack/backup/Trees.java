package dev.prodstack.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Directories and what is in them. */
public final class Trees {
    private Trees() {}

    /** The content of each file, by its path. */
    public static Map<String, Integer> contents(Path root) throws IOException {
        Map<String, Integer> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(Files::isRegularFile)
                    .forEach(file -> contents.put(root.relativize(file).toString(), hash(file)));
        }
        assertThat(contents).isNotEmpty();
        return contents;
    }

    private static int hash(Path file) {
        try {
            return Arrays.hashCode(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a snapshot of a source, restored into a directory, has there. */
    public static Map<String, Integer> restored(Restic restic, String snapshot, Path source, Path target)
            throws IOException, InterruptedException {
        restic.restore(snapshot, target);
        return contents(target.resolve(Path.of("/").relativize(source)));
    }
}
