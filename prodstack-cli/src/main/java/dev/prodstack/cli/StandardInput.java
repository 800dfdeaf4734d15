package dev.prodstack.cli;

import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.core.compose.ComposeException;
import dev.prodstack.core.compose.ComposeFile;
import dev.prodstack.core.problem.Position;
import dev.prodstack.core.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Standard input as a file, for as long as it is read; whatever is said about it calls it {@value #NAME}. */
final class StandardInput implements AutoCloseable {
    static final String NAME = "<stdin>";

    /** More than any Compose file may have, so that the reader, not this class, says that there is too much. */
    private static final int MOST_BYTES = 64 * 1024 * 1024;

    private final Path file;
    private final String text;

    private StandardInput(Path file, String text) {
        this.file = file;
        this.text = text;
    }

    /**
     * Reads all there is.
     *
     * @throws Failure if it cannot be read
     */
    static StandardInput read(InputStream in) {
        try {
            byte[] bytes = in.readNBytes(MOST_BYTES);
            Path file = Files.createTempFile("prodstack-stdin-", ".yml");
            file.toFile().deleteOnExit();
            Files.write(file, bytes);
            return new StandardInput(file, new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw Failure.failed("standard input cannot be read: " + e.getMessage(), "", e);
        }
    }

    Path file() {
        return file;
    }

    String text() {
        return text;
    }

    ComposeFile rename(ComposeFile read) {
        return new ComposeFile(read.stack(), read.positions().renamed(this::rename), rename(read.warnings()));
    }

    ComposeException rename(ComposeException e) {
        ComposeException renamed = new ComposeException(rename(e.problems()));
        renamed.initCause(e);
        return renamed;
    }

    private List<Problem> rename(List<Problem> problems) {
        return problems.stream()
                .map(problem -> new Problem(
                        rename(problem.position()),
                        problem.path(),
                        problem.message().replace(file.toString(), NAME),
                        problem.fix().replace(file.toString(), NAME)))
                .toList();
    }

    private Position rename(Position position) {
        return position.file().equals(file.toString())
                ? new Position(NAME, position.line(), position.column())
                : position;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // The JVM tries again when it ends.
        }
    }
}
