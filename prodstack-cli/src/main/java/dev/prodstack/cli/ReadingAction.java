package dev.prodstack.cli;

import dev.prodstack.backup.repository.HeldLock;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.cli.outcome.ExitCode;
import java.io.IOException;
import picocli.CommandLine.Option;

/** A command that reads a repository, and keeps others from pruning it meanwhile. */
abstract class ReadingAction extends RepositoryAction {
    @Option(
            names = "--no-lock",
            description = "Write no lock, for a repository that cannot be written to; nobody may prune it meanwhile.")
    private boolean noLock;

    /** Whether no lock is wanted. */
    final boolean noLock() {
        return noLock;
    }

    @Override
    final ExitCode run(Context context, Repository opened) throws IOException, InterruptedException {
        if (noLock || locksItself()) {
            return read(context, opened);
        }
        HeldLock lock = opened.lockShared();
        try (lock) {
            return read(context, opened);
        }
    }

    /** Whether the library takes the lock. */
    boolean locksItself() {
        return false;
    }

    /** Does the command's work. */
    abstract ExitCode read(Context context, Repository opened) throws IOException, InterruptedException;
}
