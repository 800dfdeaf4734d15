package dev.prodstack.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Files by seeded chance that change from one backup to the next. */
public final class Workload {
    private static final int FILES = 24;

    private final Random chance;
    private final Path source;

    /** Below a directory. */
    public Workload(Path source, long seed) {
        this.source = source;
        chance = new Random(seed);
    }

    /** Writes every file. */
    public Workload write() throws IOException {
        for (int i = 0; i < FILES; i++) {
            write(i);
        }
        return this;
    }

    /** Writes a third of the files anew. */
    public Workload change() throws IOException {
        for (int i = 0; i < FILES / 3; i++) {
            write(chance.nextInt(FILES));
        }
        return this;
    }

    private void write(int number) throws IOException {
        Path folder = source.resolve("folder" + number % 4);
        Files.createDirectories(folder);
        byte[] content = new byte[chance.nextInt(900_000) + 1];
        chance.nextBytes(content);
        if (chance.nextBoolean()) {
            // The other half compresses well.
            for (int i = 0; i < content.length; i++) {
                content[i] = (byte) ('a' + (content[i] & 3));
            }
        }
        Files.write(folder.resolve("file" + number), content);
    }
}
