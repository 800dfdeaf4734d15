package dev.prodstack.core.compose.canonical;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What relative paths of a file start from.
 *
 * @param directory the directory, absolute
 * @param home the user's home directory, for {@code ~}
 */
public record BaseDirectory(Path directory, Optional<String> home) {

    /** The same for another directory. */
    public BaseDirectory at(Path other) {
        return new BaseDirectory(other, home);
    }

    /**
     * The absolute form of a path on this machine, without {@code .} and {@code ..}.
     *
     * @throws IllegalArgumentException if the text is no path, or begins with {@code ~} and no home is known
     */
    public String resolve(String path) {
        try {
            if (path.equals("~") || path.startsWith("~/")) {
                String start = home.orElseThrow(() -> new IllegalArgumentException(
                        "expected a path that needs no home directory, as HOME is not set"));
                return Path.of(start + path.substring(1)).normalize().toString();
            }
            return directory.resolve(path).normalize().toString();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("expected a path", e);
        }
    }
}
