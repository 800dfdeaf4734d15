package dev.prodstack.cli.report;

import dev.prodstack.cli.display.Ink;
import dev.prodstack.cli.display.Plain;
import dev.prodstack.cli.display.Style;
import dev.prodstack.cli.outcome.Counted;
import dev.prodstack.swarm.plan.Change;
import dev.prodstack.swarm.plan.Change.CreateConfig;
import dev.prodstack.swarm.plan.Change.CreateNetwork;
import dev.prodstack.swarm.plan.Change.CreateSecret;
import dev.prodstack.swarm.plan.Change.CreateService;
import dev.prodstack.swarm.plan.Change.Remove;
import dev.prodstack.swarm.plan.Change.RunJob;
import dev.prodstack.swarm.plan.Change.UpdateService;
import dev.prodstack.swarm.plan.Difference;
import dev.prodstack.swarm.plan.Gate;
import dev.prodstack.swarm.plan.Obstacle;
import dev.prodstack.swarm.plan.Plan;
import dev.prodstack.swarm.plan.ReplicaChoice;
import dev.prodstack.swarm.plan.TaskEffect;
import java.util.List;
import java.util.Optional;

/** A plan for people: one line for each object, one below it for each field that changes. */
public final class PlanText {
    private static final int NAME_WIDTH = 22;
    private static final int LABEL_WIDTH = 20;
    private static final int MOST = 90;

    private final Style style;
    private final StringBuilder text = new StringBuilder();

    private PlanText(Style style) {
        this.style = style;
    }

    /** The text, ending with a line break. */
    public static String of(Plan plan, Style style) {
        PlanText it = new PlanText(style);
        plan.changes().forEach(it::change);
        it.unchanged(plan);
        plan.warnings().forEach(warning -> it.remark(Ink.WARNING, "warning: ", warning));
        plan.obstacles().forEach(obstacle -> it.remark(Ink.ERROR, "error: ", obstacle));
        it.text.append(summary(plan)).append('\n');
        return it.text.toString();
    }

    /** The plan's last line: how much it changes. */
    public static String summary(Plan plan) {
        long removed = plan.changes().stream().filter(Remove.class::isInstance).count();
        long changed = plan.updatedServices().size();
        long created = plan.changes().size() - removed - changed;
        return plan.isEmpty()
                ? "Nothing to do: " + Counted.of(plan.unchanged().size(), "service") + " as wished."
                : created + " to create, " + changed + " to change, " + removed + " to remove"
                        + (plan.storedBytes() == 0
                                ? "."
                                : "; " + Counted.of(plan.storedBytes(), "byte") + " of configs to store.");
    }

    private void change(Change change) {
        if (change instanceof CreateNetwork) {
            head("+", "network " + change.key(), "");
        } else if (change instanceof CreateSecret secret) {
            head(
                    "+",
                    "secret " + change.key(),
                    secret.replaces().map(old -> "replaces " + old).orElse(""));
        } else if (change instanceof CreateConfig config) {
            head(
                    "+",
                    "config " + change.key(),
                    Counted.of(config.size(), "byte")
                            + config.replaces().map(old -> ", replaces " + old).orElse(""));
        } else if (change instanceof CreateService service) {
            head("+", service.key(), tasks(service.tasks()) + after(service.after()));
        } else if (change instanceof RunJob job) {
            head("+", job.key(), "runs once" + after(job.after()));
        } else if (change instanceof UpdateService service) {
            head("~", service.key(), effect(service.effect()));
            service.differences().stream()
                    .filter(difference -> !isBookkeeping(difference))
                    .forEach(this::difference);
            replicas(service.replicas()).ifPresent(line -> field("replicas", line));
        } else if (change instanceof Remove removal) {
            head("-", removal.kind() + " " + removal.name(), removal.reason());
        }
    }

    private void head(String sign, String name, String rest) {
        Ink ink = switch (sign) {
            case "+" -> Ink.ADDED;
            case "-" -> Ink.REMOVED;
            default -> Ink.CHANGED;
        };
        String line = "%s %s".formatted(sign, Plain.line(name));
        text.append(style.paint(ink, line));
        if (!rest.isEmpty()) {
            text.append(" ".repeat(Math.max(2, NAME_WIDTH - line.length()))).append(Plain.line(rest));
        }
        text.append('\n');
    }

    private void field(String label, String value) {
        text.append("    ")
                .append(style.paint(Ink.FAINT, Plain.line(label)))
                .append(" ".repeat(Math.max(2, LABEL_WIDTH - label.length())))
                .append(Plain.line(value))
                .append('\n');
    }

    private void difference(Difference difference) {
        String value = difference.before().isEmpty()
                ? shortened(difference.after())
                : difference.after().isEmpty()
                        ? shortened(difference.before()) + " -> nothing"
                        : shortened(difference.before()) + " -> " + shortened(difference.after());
        field(difference.label(), value);
    }

    /** Labels that only repeat what is shown elsewhere. */
    private static boolean isBookkeeping(Difference difference) {
        return difference.field().startsWith("Labels.dev.prodstack.")
                || difference.field().equals("Labels.com.docker.stack.image");
    }

    private static String shortened(Optional<String> value) {
        String whole = value.orElse("");
        String text = whole.isEmpty() ? "\"\"" : whole.replaceAll("@sha256:([0-9a-f]{8})[0-9a-f]+", "@$1");
        return text.length() <= MOST ? text : text.substring(0, MOST - 3) + "...";
    }

    private static String tasks(Optional<Long> tasks) {
        return tasks.map(count -> Counted.of(count, "task")).orElse("one task on each node");
    }

    private static String after(List<Gate> gates) {
        return gates.isEmpty()
                ? ""
                : ", after " + String.join(", ", gates.stream().map(Gate::key).toList());
    }

    private static String effect(TaskEffect effect) {
        if (effect instanceof TaskEffect.Scale scale) {
            return scale.from() + " -> " + scale.to() + " tasks, no restarts";
        } else if (effect instanceof TaskEffect.Replace replace) {
            String pace = replace.parallelism() == 0 ? "all at once" : replace.parallelism() + " at a time";
            return tasks(replace.tasks()) + (replace.tasks().equals(Optional.of(1L)) ? " restarts, " : " restart, ")
                    + pace + ", " + (replace.order().equals("start-first") ? "new first" : "old first");
        }
        return "no restarts";
    }

    private static Optional<String> replicas(ReplicaChoice choice) {
        if (choice instanceof ReplicaChoice.Autoscaled scaled) {
            return Optional.of(scaled.replicas() + " kept (autoscaled " + scaled.min() + "-" + scaled.max() + ")");
        } else if (choice instanceof ReplicaChoice.Scaled scaled) {
            return Optional.of(scaled.replicas() + " kept (scaled by hand; the file says " + scaled.written() + ")");
        }
        return Optional.empty();
    }

    private void unchanged(Plan plan) {
        if (!plan.unchanged().isEmpty() && !plan.isEmpty()) {
            text.append(style.paint(
                            Ink.FAINT,
                            "= " + Counted.of(plan.unchanged().size(), "service") + " unchanged, no restarts"))
                    .append('\n');
        }
    }

    private void remark(Ink ink, String label, Obstacle obstacle) {
        text.append(style.paint(ink, label))
                .append(Plain.line(obstacle.toString()))
                .append('\n');
    }
}
