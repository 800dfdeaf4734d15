package dev.prodstack.core.yaml;

import dev.prodstack.core.problem.Position;
import dev.prodstack.core.problem.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A UTF-8 text file of bounded size.
 *
 * @param what what the file is to the user, such as {@code the Compose file}
 * @param maxBytes the most bytes that are read
 */
public record TextFile(String what, int maxBytes) {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /**
     * Reads a file.
     *
     * @param file the file
     * @param namedAt where the file is named, for problems with the file as a whole
     * @param path what names it, as a dotted path
     * @param problems receives what is wrong with it
     * @return the text without a byte order mark; nothing if it cannot be read
     */
    public Optional<SourceText> read(Path file, Position namedAt, String path, Problems problems) {
        String name = what + " " + file;
        try {
            if (!isReadable(file)) {
                boolean missing = !Files.exists(file);
                String found =
                        missing ? "does not exist" : Files.isDirectory(file) ? "is a directory" : "is no regular file";
                problems.add(namedAt, path, name + " " + found, missing ? "check the path" : "name a regular file");
                return Optional.empty();
            }
            byte[] bytes = bytes(file);
            if (bytes.length > maxBytes) {
                problems.add(namedAt, path, name + " is larger than " + maxBytes + " bytes", "is this the right file?");
                return Optional.empty();
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
            return Optional.of(new SourceText(file.toString(), marked ? text.substring(1) : text));
        } catch (CharacterCodingException e) {
            problems.add(namedAt, path, name + " is not UTF-8 text", "is this the right file?");
        } catch (AccessDeniedException e) {
            problems.add(namedAt, path, name + " may not be read", "check its permissions");
        } catch (IOException e) {
            problems.add(namedAt, path, name + " cannot be read: " + e.getMessage());
        }
        return Optional.empty();
    }

    /** Reading a named pipe would wait for a writer; those a shell makes, {@code <(...)}, are under {@code /dev}. */
    private static boolean isReadable(Path file) {
        return Files.isRegularFile(file) || (file.startsWith("/dev") && Files.exists(file) && !Files.isDirectory(file));
    }

    private byte[] bytes(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(maxBytes + 1);
        }
    }
}
