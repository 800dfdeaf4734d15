package dev.prodstack.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where tests make labs of their own. */
public final class LabPlace {
    private LabPlace() {}

    /**
     * A new directory. It is in the one that {@code PRODSTACK_TEST_LABS} names, whose labs {@code ./verify} takes down
     * when tests are killed; else in {@code /var/tmp}. Not in a directory of the test's own, as images take gigabytes,
     * and the path of a Unix socket holds no more than 107 bytes.
     */
    public static Path make() throws IOException {
        String named = System.getenv("PRODSTACK_TEST_LABS");
        Path labs = Path.of(named == null || named.isBlank() ? "/var/tmp" : named);
        return Files.createTempDirectory(Files.createDirectories(labs), "it-");
    }
}
