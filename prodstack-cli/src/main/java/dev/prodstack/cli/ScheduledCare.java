package dev.prodstack.cli;

import dev.prodstack.backup.stack.BusyException;
import dev.prodstack.backup.stack.DrillHistory;
import dev.prodstack.backup.stack.DrillReport;
import dev.prodstack.backup.stack.OffsiteCopy;
import dev.prodstack.backup.stack.StackDrill;
import dev.prodstack.core.cluster.ClusterException;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.swarm.Swarm;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/**
 * What the service that makes backups does besides, each on a schedule of its own: copies to another place, and drills.
 * That one of them fails keeps neither backups nor the others from being made.
 */
final class ScheduledCare {
    private final Context context;
    private final Swarm swarm;
    private final Consumer<String> tell;
    private final Instant since = Instant.now();
    private volatile List<DrillReport> drills = List.of();
    private final Map<String, String> told = new HashMap<>();
    private boolean swept;

    ScheduledCare(Context context, Swarm swarm, Consumer<String> tell) {
        this.context = context;
        this.swarm = swarm;
        this.tell = tell;
    }

    /** The reports of the last drills, oldest first. */
    List<DrillReport> drills() {
        return drills;
    }

    /** Does what is due. */
    void look(Stack stack, String image) throws InterruptedException {
        attempt(stack, "copying to the other place", () -> copy(stack, image));
        if (stack.operations().backup().flatMap(plan -> plan.drill()).isPresent()) {
            attempt(stack, "the drill", () -> drill(stack, image));
        }
    }

    private interface Act {
        void run() throws IOException;
    }

    private void attempt(Stack stack, String what, Act act) throws InterruptedException {
        try {
            act.run();
        } catch (BusyException e) {
            // Whoever has it does it, or it is due still at the next look.
            return;
        } catch (IOException | ClusterException e) {
            // What goes on for long is said once.
            String text = stack.name() + ": " + what + ": " + e.getMessage();
            if (!text.equals(told.put(what, text))) {
                tell.accept(text);
            }
        } catch (CancellationException e) {
            throw (InterruptedException) new InterruptedException(e.getMessage()).initCause(e);
        }
    }

    private void copy(Stack stack, String image) throws IOException {
        new OffsiteCopy(
                        stack,
                        BackupOptions.settings(stack),
                        image,
                        BackupOptions.cluster(context, swarm),
                        new BackupEvents(context))
                .runIfDue(since, Instant.now())
                .ifPresent(facts -> tell.accept(stack.name() + ": copied to the other place: " + facts));
    }

    private void drill(Stack stack, String image) throws IOException {
        StackDrill drill = new StackDrill(
                stack,
                BackupOptions.settings(stack),
                image,
                BackupOptions.cluster(context, swarm),
                swarm.trials(),
                new BackupEvents(context));
        if (!swept) {
            // One whose process was killed left its throw-away stack behind.
            drill.sweep();
            swept = true;
        }
        drill.runIfDue(since, Instant.now())
                .ifPresent(report -> tell.accept(stack.name() + ": the drill with " + report.backup() + " was "
                        + (report.good() ? "good" : "not good: " + DrillText.problems(report))));
        drills = DrillHistory.read(swarm.store(), stack.name());
    }
}
