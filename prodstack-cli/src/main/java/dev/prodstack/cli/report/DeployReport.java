package dev.prodstack.cli.report;

import dev.prodstack.cli.display.Messages;
import dev.prodstack.cli.outcome.Counted;
import dev.prodstack.core.value.Data;
import dev.prodstack.swarm.progress.DeployEvent;
import dev.prodstack.swarm.progress.DeployEvent.Begun;
import dev.prodstack.swarm.progress.DeployEvent.Failed;
import dev.prodstack.swarm.progress.DeployEvent.GoingBack;
import dev.prodstack.swarm.progress.DeployEvent.NotRemoved;
import dev.prodstack.swarm.progress.DeployEvent.ObjectCreated;
import dev.prodstack.swarm.progress.DeployEvent.Progressed;
import dev.prodstack.swarm.progress.DeployEvent.ReleaseBegun;
import dev.prodstack.swarm.progress.DeployEvent.Removed;
import dev.prodstack.swarm.progress.DeployEvent.Settled;
import dev.prodstack.swarm.progress.DeployEvent.Waiting;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Says what happens while a plan is applied: one line for each event, or one object. */
public final class DeployReport implements Consumer<DeployEvent> {
    private final Messages messages;

    /** Says it through messages. */
    public DeployReport(Messages messages) {
        this.messages = messages;
    }

    @Override
    public void accept(DeployEvent event) {
        messages.progress(line(event), fields(event));
    }

    private static String line(DeployEvent event) {
        if (event instanceof ReleaseBegun release) {
            return "release " + release.number();
        } else if (event instanceof ObjectCreated created) {
            return created.kind() + " " + created.name() + " created";
        } else if (event instanceof Waiting waiting) {
            return waiting.service() + ": waits for " + String.join(", ", waiting.others());
        } else if (event instanceof Begun begun) {
            return begun.service() + ": "
                    + switch (begun.step()) {
                        case CREATE -> "starting";
                        case RUN -> "running";
                        case UPDATE -> "updating";
                        case RESUME -> "its update waited for a task on a lost node; going on without it";
                        case GO_BACK -> "going back";
                    };
        } else if (event instanceof Progressed progress) {
            return progress.service() + ": " + progress(progress);
        } else if (event instanceof Settled settled) {
            return settled.service() + ": ready, " + Counted.of(settled.running(), "task") + " ("
                    + seconds(settled.took()) + ")";
        } else if (event instanceof Failed failed) {
            return FailureText.of(failed.failure());
        } else if (event instanceof GoingBack back) {
            return back.services().isEmpty()
                    ? "going back: removing what was created"
                    : "going back to what ran before: " + String.join(", ", back.services());
        } else if (event instanceof Removed removed) {
            return removed.kind() + " " + removed.name() + " removed";
        } else if (event instanceof NotRemoved left) {
            return left.kind() + " " + left.name() + " is left behind: " + left.reason();
        }
        return event.toString();
    }

    private static String progress(Progressed progress) {
        String counts = progress.wanted() == 0 && progress.running() == 0
                ? ""
                : progress.running() + "/" + progress.wanted() + " running"
                        + (progress.old() == 0 ? "" : ", " + progress.old() + " old");
        return counts + (counts.isEmpty() || progress.waitingFor().isEmpty() ? "" : "; ") + progress.waitingFor();
    }

    /** Whole seconds, or tenths of them where that is more telling. */
    public static String seconds(Duration time) {
        return time.toMillis() < 10_000
                ? String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0)
                : time.toSeconds() + " s";
    }

    private static Map<String, Data> fields(DeployEvent event) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("event", Data.of(word(event)));
        if (event instanceof ReleaseBegun release) {
            fields.put("number", Data.of(release.number()));
        } else if (event instanceof ObjectCreated created) {
            object(fields, created.kind().toString(), created.name());
        } else if (event instanceof Waiting waiting) {
            fields.put("service", Data.of(waiting.service()));
            fields.put("for", Data.of(waiting.others().stream().map(Data::of).toList()));
        } else if (event instanceof Begun begun) {
            fields.put("service", Data.of(begun.service()));
            fields.put("step", Data.of(begun.step().name().toLowerCase(Locale.ROOT)));
        } else if (event instanceof Progressed progress) {
            progressed(fields, progress);
        } else if (event instanceof Settled settled) {
            fields.put("service", Data.of(settled.service()));
            fields.put("running", Data.of(settled.running()));
            fields.put("milliseconds", Data.of(settled.took().toMillis()));
        } else if (event instanceof Failed failed) {
            fields.put("failure", FailureText.data(failed.failure()));
        } else if (event instanceof GoingBack back) {
            fields.put(
                    "services", Data.of(back.services().stream().map(Data::of).toList()));
        } else if (event instanceof Removed removed) {
            object(fields, removed.kind().toString(), removed.name());
        } else if (event instanceof NotRemoved left) {
            object(fields, left.kind().toString(), left.name());
            fields.put("reason", Data.of(left.reason()));
        }
        return fields;
    }

    private static void progressed(Map<String, Data> fields, Progressed progress) {
        fields.put("service", Data.of(progress.service()));
        fields.put("running", Data.of(progress.running()));
        fields.put("wanted", Data.of(progress.wanted()));
        fields.put("old", Data.of(progress.old()));
        fields.put("waiting_for", Data.of(progress.waitingFor()));
    }

    private static void object(Map<String, Data> fields, String kind, String name) {
        fields.put("kind", Data.of(kind));
        fields.put("name", Data.of(name));
    }

    private static String word(DeployEvent event) {
        return event.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                .toLowerCase(Locale.ROOT);
    }
}
