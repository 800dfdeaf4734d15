package dev.prodstack.cli;

import dev.prodstack.backup.stack.BackupMetrics;
import dev.prodstack.backup.stack.BusyException;
import dev.prodstack.backup.stack.DrillMetrics;
import dev.prodstack.backup.stack.StackBackup;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.core.backup.BackupRecord;
import dev.prodstack.core.cluster.ClusterException;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.swarm.Swarm;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code prodstack backup schedule}. */
@Command(
        name = "schedule",
        header = "Back up on the schedule that the Compose file declares, until stopped.",
        description = {
            "prodstack backup schedule -n shop    what the service backup of the stack runs",
            "prodstack backup schedule --next     when is the next one?",
        },
        customSynopsis = "prodstack backup schedule [OPTIONS]",
        footer = {
            "Several may run: of each backup one makes it. A time that was missed is made up",
            "for within catch_up. Copies to offsite and drills have schedules of their own, which",
            "it keeps too. /metrics and /healthz answer at --listen."
        })
final class BackupScheduleCommand extends BackupAction {
    private static final Duration LOOK = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @Option(names = "--next", description = "Print when the next backup begins, and end.")
    private boolean next;

    @Option(
            names = "--listen",
            paramLabel = "PORT",
            description = "The port at which Prometheus and health checks are answered; by default 9570.")
    private int port = 9570;

    private volatile List<BackupRecord> records = List.of();
    private volatile Instant looked = Instant.now();
    private String told = "";

    BackupScheduleCommand() {}

    /** The service runs before the deploy that starts it has left the stack behind, so it waits for that. */
    @Override
    ExitCode run(Context context, Swarm swarm) throws IOException, InterruptedException {
        return next ? super.run(context, swarm) : serve(context, swarm, StackNames.resolve(context, swarm));
    }

    @Override
    ExitCode run(Context context, Swarm swarm, Stack stack) {
        context.results().print(next(stack) + "\n");
        return ExitCode.DONE;
    }

    private static ZonedDateTime next(Stack stack) {
        return BackupOptions.settings(stack).schedule().when().next(Instant.now());
    }

    private ExitCode serve(Context context, Swarm swarm, String name) throws InterruptedException {
        ScheduledCare care = new ScheduledCare(context, swarm, context.messages()::note);
        Endpoint endpoint = Endpoint.at(
                port,
                () -> BackupMetrics.of(name, records, Instant.now()) + DrillMetrics.of(name, care.drills()),
                this::trouble);
        try {
            return watch(context, swarm, name, care);
        } finally {
            endpoint.close();
        }
    }

    private String trouble() {
        boolean well = Duration.between(looked, Instant.now()).compareTo(PATIENCE) < 0;
        return well ? "" : "the last look was at " + looked;
    }

    /** The stack is read again for each look: a deploy may have changed it. */
    private ExitCode watch(Context context, Swarm swarm, String name, ScheduledCare care) throws InterruptedException {
        Instant since = Instant.now();
        Optional<Instant> known = Optional.empty();
        while (true) {
            try {
                Stack stack = BackupOptions.stack(context, swarm);
                StackBackup backup = backups(context, swarm, stack, new BackupEvents(context));
                Optional<Instant> succeeded = backup.lastSuccess();
                if (succeeded.isPresent() && !succeeded.equals(known)) {
                    records = backup.list();
                    known = succeeded;
                }
                // A backup takes as long as it takes; it tells by itself how far it is.
                looked = Instant.now().plus(Duration.ofHours(12));
                if (backup.runIfDue(since, Instant.now(), BackupRunCommand.release(swarm, stack))
                        .isPresent()) {
                    records = backup.list();
                    known = backup.lastSuccess();
                }
                care.look(stack, image(context, stack));
                tell(context, name + ": the next backup is at " + next(stack));
            } catch (BusyException e) {
                tell(context, name + ": another one backs up: " + e.getMessage());
            } catch (IOException | ClusterException | Failure e) {
                tell(context, name + ": " + e.getMessage());
            }
            looked = Instant.now();
            Thread.sleep(LOOK.toMillis());
        }
    }

    /** What goes on for long is said once. */
    private void tell(Context context, String text) {
        if (!text.equals(told)) {
            context.messages().note(text);
            told = text;
        }
    }
}
