package dev.prodstack.backup.source;

import java.io.Serial;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One file cannot be backed up, which does not keep others from it. The message continues the file's path. */
final class UnreadableException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private UnreadableException(String message, Throwable cause) {
        super(message, cause);
    }

    /** What continues the file's path. */
    String words() {
        return Objects.requireNonNull(getMessage());
    }

    static UnreadableException of(FileSystemException cause) {
        return new UnreadableException(words(cause), cause);
    }

    private static String words(FileSystemException cause) {
        if (cause instanceof NoSuchFileException) {
            return "vanished while it was backed up";
        }
        if (cause instanceof AccessDeniedException) {
            return "may not be read by this user";
        }
        @Nullable String reason = cause.getReason();
        return "cannot be read: " + (reason == null ? cause.getClass().getSimpleName() : reason);
    }
}
