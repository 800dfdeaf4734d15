package dev.prodstack.cli;

import dev.prodstack.backup.repository.LockedException;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.outcome.Failure;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

/** What the backup library throws, as the end of a command. Its messages name the place and what to do. */
final class RepositoryFailure {
    private RepositoryFailure() {}

    static Failure of(IOException e) {
        if (e instanceof LockedException locked) {
            return Failure.ended(ExitCode.LOCK_HELD, Failures.word(locked).replaceFirst("\\.$", ""), "");
        }
        String message = e instanceof FileSystemException file && file.getReason() != null
                ? file.getFile() + ": " + file.getReason()
                : e instanceof FileSystemException ? e.getMessage() + ": " + Failures.word(e) : Failures.word(e);
        boolean lock = e instanceof AccessDeniedException && message.contains("/locks/");
        String fix = lock ? "a command that only reads needs no lock with --no-lock, if nobody prunes meanwhile" : "";
        return Failure.failed(message.replaceFirst("\\.$", ""), fix, e);
    }

    static Failure interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return interrupted("interrupted", e);
    }

    static Failure interrupted(String message, Exception e) {
        Failure failure = Failure.ended(ExitCode.INTERRUPTED, message, "run it again; what is done stays done");
        failure.addSuppressed(e);
        return failure;
    }
}
