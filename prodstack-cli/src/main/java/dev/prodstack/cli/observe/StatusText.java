package dev.prodstack.cli.observe;

import dev.prodstack.cli.display.Ink;
import dev.prodstack.cli.display.Plain;
import dev.prodstack.cli.display.Style;
import dev.prodstack.cli.display.Table;
import dev.prodstack.core.value.ImageReference;
import dev.prodstack.swarm.status.ServiceStatus;
import dev.prodstack.swarm.status.ServiceStatus.PublishedPort;
import dev.prodstack.swarm.status.ServiceStatus.Replicas;
import dev.prodstack.swarm.status.StackStatus;
import dev.prodstack.swarm.status.Standing;
import dev.prodstack.swarm.status.TaskStatus;
import dev.prodstack.swarm.status.TaskStatus.Health;
import dev.prodstack.swarm.status.Trouble;
import dev.prodstack.swarm.status.UnderWay;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A status as text. */
public final class StatusText {
    private static final int DIGEST_SHOWN = 12;
    private static final String NOTHING = "-";

    private StatusText() {}

    /** One line for each service, with what is wrong below it, and the sum of it all. */
    public static String services(StackStatus status, Style style) {
        Table table = new Table("SERVICE", "REPLICAS", "STATE", "HEALTH", "IMAGE", "PORTS", "CHANGED");
        for (ServiceStatus service : status.services()) {
            table.row(
                    service.name(),
                    replicas(service),
                    state(service),
                    health(service),
                    image(service),
                    ports(service),
                    Age.between(service.changed(), status.time()) + " ago");
        }
        List<String> lines = table.print(style).lines().toList();
        StringBuilder text = new StringBuilder(lines.get(0)).append('\n');
        for (int i = 0; i < status.services().size(); i++) {
            ServiceStatus service = status.services().get(i);
            text.append(painted(service, lines.get(i + 1), style)).append('\n');
            service.troubles()
                    .forEach(trouble ->
                            text.append(trouble(trouble, status.time())).append('\n'));
        }
        return text.append(summary(status)).append('\n').toString();
    }

    /** One line for each task that is to run or failed lately, and the sum of it all. */
    public static String tasks(StackStatus status, Style style) {
        Table table = new Table("TASK", "NODE", "STATE", "SINCE", "HEALTH", "IMAGE", "ERROR");
        for (ServiceStatus service : status.services()) {
            for (TaskStatus task : service.tasks()) {
                table.row(
                        task.name(),
                        task.node().orElse(NOTHING),
                        task.state(),
                        Age.between(task.since(), status.time()),
                        task.health() == Health.UNKNOWN ? NOTHING : word(task.health()),
                        image(task.image()),
                        task.error());
            }
        }
        return table.print(style) + summary(status) + "\n";
    }

    /** A service without anything that changes by itself with time, to see whether something has changed. */
    public static String brief(ServiceStatus service) {
        String line =
                String.join("  ", service.name(), replicas(service), state(service), health(service), image(service));
        return line
                + service.troubles().stream()
                        .map(trouble -> "\n  " + subject(trouble) + ": " + trouble.reason() + output(trouble))
                        .collect(Collectors.joining());
    }

    private static String painted(ServiceStatus service, String line, Style style) {
        Standing standing = service.standing();
        if (standing == Standing.SHORT || standing == Standing.PAUSED) {
            return style.paint(Ink.ERROR, line);
        }
        return standing.asWanted() ? line : style.paint(Ink.WARNING, line);
    }

    private static String replicas(ServiceStatus service) {
        Replicas replicas = service.replicas();
        return service.mode().isJob()
                ? replicas.completed() + "/" + replicas.toComplete() + " done"
                : replicas.running() + "/" + replicas.wanted();
    }

    private static String state(ServiceStatus service) {
        String state = service.standing().toString();
        return service.update()
                .map(update -> switch (update.state()) {
                    case "rollback_completed" -> state + ", rolled back";
                    case "rollback_paused" -> "rollback paused";
                    case "paused" -> "update paused";
                    default -> state;
                })
                .orElse(state);
    }

    private static String health(ServiceStatus service) {
        List<String> counts = new ArrayList<>();
        long all = service.tasks().stream().filter(StatusText::isUp).count();
        for (Health health : List.of(Health.HEALTHY, Health.STARTING, Health.UNHEALTHY)) {
            long count = service.tasks().stream()
                    .filter(StatusText::isUp)
                    .filter(task -> task.health() == health)
                    .count();
            if (count > 0) {
                counts.add(count == all ? word(health) : count + " " + word(health));
            }
        }
        return counts.isEmpty() ? NOTHING : String.join(", ", counts);
    }

    private static boolean isUp(TaskStatus task) {
        return task.state().equals("running") || task.state().equals("starting");
    }

    private static String word(Health health) {
        return health.name().toLowerCase(Locale.ROOT);
    }

    private static String image(ServiceStatus service) {
        return service.image().map(StatusText::image).orElse(NOTHING);
    }

    private static String image(String text) {
        try {
            return image(ImageReference.parse(text));
        } catch (IllegalArgumentException e) {
            return text.isEmpty() ? NOTHING : text;
        }
    }

    private static String image(ImageReference image) {
        String name = new ImageReference(image.registry(), image.path(), image.tag(), Optional.empty()).toString();
        return image.digest()
                .map(digest -> digest.substring(digest.indexOf(':') + 1))
                .map(hex -> name + " " + hex.substring(0, Math.min(DIGEST_SHOWN, hex.length())))
                .orElse(name);
    }

    private static String ports(ServiceStatus service) {
        String ports = service.ports().stream().map(StatusText::port).collect(Collectors.joining(", "));
        return ports.isEmpty() ? NOTHING : ports;
    }

    private static String port(PublishedPort port) {
        return port.published() + "->" + port.target()
                + (port.protocol().equals("tcp") ? "" : "/" + port.protocol())
                + (port.route() == PublishedPort.Route.HOST ? " host" : "");
    }

    private static String trouble(Trouble trouble, Instant now) {
        return "  " + subject(trouble) + " " + Age.between(trouble.time(), now) + " ago: " + trouble.reason()
                + output(trouble);
    }

    private static String subject(Trouble trouble) {
        String others = trouble.tasks() == 1 ? "" : " (" + trouble.tasks() + " times)";
        return trouble.task() + " " + trouble.state() + others;
    }

    private static String output(Trouble trouble) {
        return trouble.healthOutput().stream()
                .map(line -> "\n    check: " + Plain.line(line))
                .collect(Collectors.joining());
    }

    private static String summary(StackStatus status) {
        long good = status.services().stream()
                .filter(service -> service.standing().asWanted())
                .count();
        int all = status.services().size();
        return status.stack() + ": "
                + (good == all ? all == 1 ? "the service is" : "all " + all + " services are" : good + " of " + all)
                + " as wanted."
                + status.underWay()
                        .map(change -> "\n" + underWay(change, status.time()))
                        .orElse("");
    }

    private static String underWay(UnderWay change, Instant now) {
        String what = change.release()
                .map(number -> "release " + number + " (" + change.command() + ")")
                .orElse(change.command());
        String who = " by " + change.by() + ", begun " + Age.between(change.since(), now) + " ago, ";
        return switch (change.state()) {
            case RUNNING -> what + who + "is under way.";
            case UNFINISHED ->
                what + who + "is unfinished: prodstack deploy finishes it, prodstack rollback goes back.";
        };
    }
}
