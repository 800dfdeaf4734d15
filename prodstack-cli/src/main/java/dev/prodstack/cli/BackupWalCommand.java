package dev.prodstack.cli;

import dev.prodstack.backup.stack.WalMetrics;
import dev.prodstack.backup.stack.WalWatch;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.core.cluster.ClusterException;
import dev.prodstack.core.cluster.Uninterruptibly;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.swarm.Swarm;
import java.time.Duration;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code prodstack backup wal}. */
@Command(
        name = "wal",
        header = "Receive the databases' write-ahead log, until stopped.",
        description = "prodstack backup wal -n shop    what the service wal of the stack runs",
        customSynopsis = "prodstack backup wal [OPTIONS]",
        footer = {
            "For each service that declares wal in x-prodstack.backup a job receives the log",
            "and stores it at least every store_every. Where log is missing it says so, and",
            "takes a base backup. Several may run: one acts. /metrics and /healthz answer at",
            "--listen. See also prodstack restore --to-time."
        })
final class BackupWalCommand extends BackupAction {
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Option(
            names = "--listen",
            paramLabel = "PORT",
            description = "The port at which Prometheus and health checks are answered; by default 9571.")
    private int port = 9571;

    private volatile Instant looked = Instant.now();
    private String told = "";

    BackupWalCommand() {}

    /** The service runs before the deploy that starts it has left the stack behind, so it waits for that. */
    @Override
    ExitCode run(Context context, Swarm swarm) throws InterruptedException {
        String name = StackNames.resolve(context, swarm);
        WalWatch watch = new WalWatch(name, BackupOptions.cluster(context, swarm), new BackupEvents(context));
        Endpoint endpoint = Endpoint.at(port, () -> WalMetrics.of(name, watch.status(), Instant.now()), this::trouble);
        try {
            while (true) {
                look(context, swarm, name, watch);
                looked = Instant.now();
                Thread.sleep(LOOK.toMillis());
            }
        } finally {
            endpoint.close();
            // Its jobs end, so that another one can go on at once.
            Uninterruptibly.run(watch::close);
        }
    }

    @Override
    ExitCode run(Context context, Swarm swarm, Stack stack) {
        throw new IllegalStateException("it goes by the stack as it is at each look");
    }

    /** The stack is read again for each look: a deploy may have changed it. */
    private void look(Context context, Swarm swarm, String name, WalWatch watch) {
        try {
            Stack stack = BackupOptions.stack(context, swarm);
            tell(context, name + ": " + watch.look(stack, BackupOptions.settings(stack), image(context, stack)));
        } catch (ClusterException | Failure e) {
            tell(context, name + ": " + e.getMessage());
        }
    }

    private String trouble() {
        boolean well = Duration.between(looked, Instant.now()).compareTo(PATIENCE) < 0;
        return well ? "" : "the last look was at " + looked;
    }

    /** What goes on for long is said once. */
    private void tell(Context context, String text) {
        if (!text.equals(told)) {
            context.messages().note(text);
            told = text;
        }
    }
}
