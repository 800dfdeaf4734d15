package dev.prodstack.core.lint;

import static dev.prodstack.core.lint.Severity.ERROR;
import static dev.prodstack.core.lint.Severity.INFO;
import static dev.prodstack.core.lint.Severity.WARNING;

import dev.prodstack.core.lint.Rule.Report;
import dev.prodstack.core.stack.Resources;
import dev.prodstack.core.value.ByteSize;
import dev.prodstack.core.value.CpuCount;
import java.util.List;
import java.util.Optional;

/** What a task may use, and what the scheduler sets aside for it. */
final class ResourceRules {
    private static final ByteSize LEAST_MEMORY = ByteSize.parse("4M");
    private static final CpuCount LEAST_CPUS = CpuCount.parse("0.001");

    static final List<Rule> ALL = List.of(
            Rule.ofService(
                    "no-memory-limit",
                    WARNING,
                    "A task without a memory limit can use up its node's memory. The kernel then kills what it likes:"
                            + " another service, or the engine.",
                    ResourceRules::noMemoryLimit),
            Rule.ofService(
                    "no-cpu-limit",
                    INFO,
                    "A task without a CPU limit can slow down everything else on its node when it runs wild.",
                    ResourceRules::noCpuLimit),
            Rule.ofService(
                    "no-memory-reservation",
                    INFO,
                    "The scheduler goes by reservations alone. Tasks that reserve nothing weigh nothing, and a node"
                            + " gets more of them than its memory holds, above all when another node is lost.",
                    ResourceRules::noMemoryReservation),
            Rule.ofService(
                    "reservation-above-limit",
                    ERROR,
                    "A reservation sets aside what the limit keeps the task from using. Nobody ever gets it.",
                    ResourceRules::reservationAboveLimit),
            Rule.ofService(
                    "resource-too-small",
                    ERROR,
                    "Swarm refuses limits and reservations under 4 MiB of memory or 0.001 CPUs. A size without a unit"
                            + " is bytes.",
                    ResourceRules::tooSmall));

    private ResourceRules() {}

    private static void noMemoryLimit(ServiceFacts service, Report report) {
        if (memoryLimit(service).isEmpty()) {
            report.add(
                    "deploy.resources.limits.memory",
                    "no memory limit",
                    "set deploy.resources.limits.memory above what a task needs at its peak");
        }
    }

    private static void noCpuLimit(ServiceFacts service, Report report) {
        if (cpuLimit(service).isEmpty()) {
            report.add("deploy.resources.limits.cpus", "no CPU limit", "set deploy.resources.limits.cpus");
        }
    }

    private static void noMemoryReservation(ServiceFacts service, Report report) {
        if (reservations(service).memory().filter(memory -> memory.bytes() > 0).isEmpty()) {
            report.add(
                    "deploy.resources.reservations.memory",
                    "no memory is reserved, so the scheduler takes a task for weightless",
                    "set deploy.resources.reservations.memory to what a task normally uses");
        }
    }

    private static void reservationAboveLimit(ServiceFacts service, Report report) {
        reservations(service)
                .memory()
                .filter(memory -> memoryLimit(service)
                        .filter(limit -> memory.compareTo(limit) > 0)
                        .isPresent())
                .ifPresent(memory -> report.add(
                        "deploy.resources.reservations.memory",
                        text(memory) + " of memory are reserved, but the limit is "
                                + text(memoryLimit(service).orElseThrow()),
                        "lower the reservation to the limit or below"));
        reservations(service)
                .cpus()
                .filter(cpus -> cpuLimit(service)
                        .filter(limit -> cpus.compareTo(limit) > 0)
                        .isPresent())
                .ifPresent(cpus -> report.add(
                        "deploy.resources.reservations.cpus",
                        cpus + " CPUs are reserved, but the limit is "
                                + cpuLimit(service).orElseThrow(),
                        "lower the reservation to the limit or below"));
    }

    private static void tooSmall(ServiceFacts service, Report report) {
        Resources resources = service.service().deploy().resources();
        memoryTooSmall("limits", resources.limits().memory(), report);
        memoryTooSmall("reservations", resources.reservations().memory(), report);
        cpusTooSmall("limits", resources.limits().cpus(), report);
        cpusTooSmall("reservations", resources.reservations().cpus(), report);
    }

    private static void memoryTooSmall(String section, Optional<ByteSize> memory, Report report) {
        memory.filter(size -> size.bytes() > 0 && size.compareTo(LEAST_MEMORY) < 0)
                .ifPresent(size -> report.add(
                        "deploy.resources." + section + ".memory",
                        text(size) + " of memory; Swarm refuses less than " + LEAST_MEMORY,
                        "raise it to " + LEAST_MEMORY + " or more; a size without a unit is bytes"));
    }

    private static void cpusTooSmall(String section, Optional<CpuCount> cpus, Report report) {
        cpus.filter(count -> count.nanos() > 0 && count.compareTo(LEAST_CPUS) < 0)
                .ifPresent(count -> report.add(
                        "deploy.resources." + section + ".cpus",
                        count + " CPUs; Swarm refuses less than " + LEAST_CPUS,
                        "give the share of one CPU, such as 0.5"));
    }

    /** A size with a unit, which the smallest of them lacks. */
    private static String text(ByteSize size) {
        String text = size.toString();
        return Character.isDigit(text.charAt(text.length() - 1)) ? text + " bytes" : text;
    }

    private static Optional<ByteSize> memoryLimit(ServiceFacts service) {
        return service.service().deploy().resources().limits().memory().filter(memory -> memory.bytes() > 0);
    }

    private static Optional<CpuCount> cpuLimit(ServiceFacts service) {
        return service.service().deploy().resources().limits().cpus().filter(cpus -> cpus.nanos() > 0);
    }

    private static Resources.Reservations reservations(ServiceFacts service) {
        return service.service().deploy().resources().reservations();
    }
}
