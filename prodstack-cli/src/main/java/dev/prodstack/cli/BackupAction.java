package dev.prodstack.cli;

import dev.prodstack.backup.stack.BusyException;
import dev.prodstack.backup.stack.StackBackup;
import dev.prodstack.backup.stack.StackEvent;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.core.backup.BackupRecord;
import dev.prodstack.core.cluster.ClusterException;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.swarm.Swarm;
import dev.prodstack.swarm.problem.EngineException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;

/** A command on the backups of a stack. */
abstract class BackupAction extends StackAction {
    private static final Duration FAREWELL = Duration.ofMinutes(5);

    @Mixin
    private BackupOptions backup = new BackupOptions();

    /** Jobs are ended, services started again, throw-away stacks removed. */
    @Override
    Duration farewell() {
        return FAREWELL;
    }

    @Override
    final ExitCode run(Context context) {
        try (Swarm swarm = ConnectionOptions.connect(context)) {
            return run(context, swarm);
        } catch (BusyException e) {
            throw Failure.ended(
                    ExitCode.LOCK_HELD, String.valueOf(e.getMessage()), "wait for them: --lock-timeout 5m does");
        } catch (EngineException e) {
            throw ConnectionOptions.failure(e);
        } catch (ClusterException e) {
            throw Failure.failed(String.valueOf(e.getMessage()), "", e);
        } catch (IOException e) {
            throw RepositoryFailure.of(e);
        } catch (CancellationException e) {
            throw RepositoryFailure.interrupted(String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            throw RepositoryFailure.interrupted(e);
        }
    }

    /** The image that jobs run in. */
    final String image(Context context, Stack stack) {
        return backup.image(context, stack);
    }

    /** How long it waits while somebody else is at the stack's backups. */
    Duration patience() {
        return Duration.ZERO;
    }

    /** The stack's backups. */
    final StackBackup backups(Context context, Swarm swarm, Stack stack, Consumer<StackEvent> events) {
        return new StackBackup(
                stack,
                BackupOptions.settings(stack),
                image(context, stack),
                BackupOptions.cluster(context, swarm).waiting(patience()),
                events);
    }

    /** The records of the stack's backups, oldest first. */
    final List<BackupRecord> list(Context context, Swarm swarm, Stack stack) throws IOException {
        return backups(context, swarm, stack, event -> {}).list();
    }

    /** Does the command's work on the stack of its files, or as the last deploy left it. */
    ExitCode run(Context context, Swarm swarm) throws IOException, InterruptedException {
        return run(context, swarm, BackupOptions.stack(context, swarm));
    }

    /** Does the command's work. */
    abstract ExitCode run(Context context, Swarm swarm, Stack stack) throws IOException, InterruptedException;
}
