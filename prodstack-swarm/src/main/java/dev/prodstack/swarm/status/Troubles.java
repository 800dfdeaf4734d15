package dev.prodstack.swarm.status;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prodstack.core.cluster.StackControl.Occasion;
import dev.prodstack.swarm.spec.Suspension;
import dev.prodstack.swarm.status.TaskStatus.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what keeps tasks from running. Pure. */
final class Troubles {
    /** A failure of a service that is well again is worth telling for so long. */
    private static final Duration LATELY = Duration.ofMinutes(15);

    /** A failure of one that is not, for so long: it may be restarted after long delays. */
    private static final Duration TODAY = Duration.ofHours(6);

    /** What takes longer than this on the way to running is worth telling. */
    private static final Duration SOON = Duration.ofSeconds(30);

    private static final int MOST_LINES = 5;
    private static final Pattern EXIT = Pattern.compile("task: non-zero exit \\((\\d+)\\)(?:: (.*))?", Pattern.DOTALL);

    private Troubles() {}

    static boolean isRecent(TaskStatus task, Standing standing, Instant now) {
        return task.since().isAfter(now.minus(standing.asWanted() ? LATELY : TODAY));
    }

    static List<Trouble> of(List<TaskStatus> tasks, Standing standing, Facts facts) {
        Map<String, List<TaskStatus>> byReason = new LinkedHashMap<>();
        tasks.stream()
                .sorted(Comparator.comparing(TaskStatus::since).reversed())
                .forEach(task -> reason(task, standing, facts)
                        .ifPresent(reason -> byReason.computeIfAbsent(reason, its -> new ArrayList<>())
                                .add(task)));
        List<Trouble> troubles = new ArrayList<>();
        byReason.forEach((reason, having) -> {
            TaskStatus latest = having.get(0);
            troubles.add(new Trouble(
                    latest.nameAndNode(),
                    having.size(),
                    latest.since(),
                    latest.state(),
                    reason,
                    healthOutput(latest, facts)));
        });
        return troubles;
    }

    /** That a service has no tasks for a while. */
    static Trouble of(Suspension suspension, String service, Instant since) {
        String reason = suspension.occasion() == Occasion.BACKUP
                ? "a backup has stopped it; where none is under way any more, the next one or a deploy starts it"
                : "a restore has stopped it; where none is under way any more, prodstack restore --resume finishes it,"
                        + " --undo goes back";
        return new Trouble(service, 1, since, "stopped", reason, List.of());
    }

    private static Optional<String> reason(TaskStatus task, Standing standing, Facts facts) {
        if (task.failed()) {
            return isRecent(task, standing, facts.now()) ? Optional.of(failure(task, facts)) : Optional.empty();
        }
        if (task.health() == Health.UNHEALTHY) {
            return Optional.of("its health check fails");
        }
        if (!task.waiting()) {
            return Optional.empty();
        }
        if (!task.error().isEmpty()) {
            return Optional.of(task.error());
        }
        boolean slow = task.since().isBefore(facts.now().minus(SOON));
        return slow ? Optional.of(waitingFor(task)) : Optional.empty();
    }

    private static String waitingFor(TaskStatus task) {
        return switch (task.state()) {
            case "preparing" -> "its image is still being pulled, or its volumes made";
            case "starting" -> "no health check went well yet";
            case "assigned", "accepted" -> "its node has not begun with it; see whether the node is ready";
            default -> "it waits to be started";
        };
    }

    private static String failure(TaskStatus task, Facts facts) {
        Matcher exit = EXIT.matcher(task.error());
        if (!exit.matches()) {
            return task.error().isEmpty() ? task.state() : oneLine(task.error());
        }
        Optional<JsonNode> container = Optional.ofNullable(facts.containers().get(task.id()));
        if (container.map(its -> its.at("/State/OOMKilled").asBoolean()).orElse(false)) {
            return "exit code " + exit.group(1) + ", out of memory";
        }
        String detail = exit.group(2) == null ? "" : exit.group(2);
        if (detail.contains("unhealthy container")) {
            return "its health check failed, so it was ended";
        }
        return "exit code " + exit.group(1) + (detail.isEmpty() ? "" : ": " + oneLine(detail));
    }

    private static List<String> healthOutput(TaskStatus task, Facts facts) {
        boolean sick = task.error().contains("unhealthy container")
                || task.health() == Health.UNHEALTHY
                || task.health() == Health.STARTING;
        JsonNode container = facts.containers().get(task.id());
        if (!sick || container == null) {
            return List.of();
        }
        JsonNode log = container.at("/State/Health/Log");
        for (int i = log.size() - 1; i >= 0; i--) {
            String output = log.get(i).path("Output").asText().strip();
            if (log.get(i).path("ExitCode").asInt() != 0 && !output.isEmpty()) {
                return output.lines().limit(MOST_LINES).toList();
            }
        }
        return List.of();
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
