package dev.prodstack.core.lint;

import static dev.prodstack.core.lint.Durations.text;
import static dev.prodstack.core.lint.Severity.INFO;
import static dev.prodstack.core.lint.Severity.WARNING;

import dev.prodstack.core.lint.Rule.Report;
import dev.prodstack.core.stack.UpdateConfig.FailureAction;
import dev.prodstack.core.stack.UpdateConfig.Order;
import java.time.Duration;
import java.util.List;

/** How an update replaces tasks, and how it finds out that it should not have. */
final class UpdateRules {
    private static final Duration LONG_UPDATE = Duration.ofMinutes(30);

    static final List<Rule> ALL = List.of(
            Rule.ofService(
                    "monitor-too-short",
                    WARNING,
                    "Swarm counts a failure against an update only within update_config.monitor of the moment the new"
                            + " task first was healthy. A monitor that ends before the health check can fail calls"
                            + " a broken version a success, and nothing is rolled back.",
                    UpdateRules::monitorTooShort),
            Rule.ofService(
                    "no-health-check",
                    WARNING,
                    "Without a health check a task counts as good as soon as its process runs. start-first then takes"
                            + " the old task away before the new one can serve, and a rollback is triggered only by"
                            + " a process that ends.",
                    UpdateRules::noHealthCheck),
            Rule.ofService(
                    "failure-action-pause",
                    WARNING,
                    "A paused update leaves old and new tasks side by side until somebody acts, and later updates"
                            + " start from there. Pause is what Swarm does unless told otherwise.",
                    UpdateRules::failureActionPause),
            Rule.ofService(
                    "failure-action-continue",
                    WARNING,
                    "With failure_action continue Swarm does not watch the new tasks at all: a version that cannot"
                            + " start replaces every task of the one that works.",
                    UpdateRules::failureActionContinue),
            Rule.ofService(
                    "failure-ratio",
                    WARNING,
                    "max_failure_ratio is the share of replaced tasks that may fail while the update still counts as"
                            + " a success. Tasks that fail stay broken or restart for ever.",
                    UpdateRules::failureRatio),
            Rule.ofService(
                    "update-all-at-once",
                    WARNING,
                    "When every task is stopped before any new one is started, each update is an outage, and a broken"
                            + " version is an outage until it is rolled back.",
                    UpdateRules::updateAllAtOnce),
            Rule.ofService(
                    "update-too-slow",
                    WARNING,
                    "Swarm waits for update_config.delay after each group of tasks. For the whole of that time two"
                            + " versions run side by side, and nothing else can be deployed without cutting the"
                            + " update short.",
                    UpdateRules::updateTooSlow),
            Rule.ofService(
                    "single-replica-gap",
                    INFO,
                    "A single task that is stopped before its successor starts is an outage on each update, as long as"
                            + " its shutdown and start take together.",
                    UpdateRules::singleReplicaGap));

    private UpdateRules() {}

    private static void monitorTooShort(ServiceFacts service, Report report) {
        UpdateFacts update = service.update();
        if (service.isJob() || service.health().isEmpty() || update.failureAction() == FailureAction.CONTINUE) {
            return;
        }
        HealthFacts health = service.health().get();
        Duration needed = Durations.plus(health.startPeriod(), health.timeToFail());
        if (update.monitor().compareTo(needed) >= 0) {
            return;
        }
        Duration whenChecksHang = Durations.plus(needed, Durations.times(health.timeout(), health.retries()));
        report.add(
                update.path("monitor"),
                "a new task is watched for " + text(update.monitor())
                        + (update.writtenMonitor().isPresent() ? "" : ", Swarm's default")
                        + ", but its health check takes " + text(needed) + " to fail: start_period "
                        + text(health.startPeriod()) + " + " + health.retries() + " retries x interval "
                        + text(health.interval()),
                "set " + update.key() + ".monitor to " + text(needed) + " or more; " + text(whenChecksHang)
                        + " covers checks that hang until their timeout of " + text(health.timeout()));
    }

    private static void noHealthCheck(ServiceFacts service, Report report) {
        boolean startFirst = service.update().order() == Order.START_FIRST;
        boolean rollback = service.update().failureAction() == FailureAction.ROLLBACK;
        if (service.isJob() || service.health().isPresent() || !(startFirst || rollback)) {
            return;
        }
        String relies = (startFirst ? "start-first" : "")
                + (startFirst && rollback ? " and " : "")
                + (rollback ? "rollback" : "");
        report.add(
                "healthcheck",
                relies + (startFirst && rollback ? " rely" : " relies") + " on a health check, and "
                        + (service.service().healthCheck().isPresent() ? "it is switched off" : "the file gives none"),
                "add a healthcheck; if the image has one, write it down here too or ignore this rule");
    }

    private static void failureActionPause(ServiceFacts service, Report report) {
        UpdateFacts update = service.update();
        if (!service.isJob() && update.failureAction() == FailureAction.PAUSE) {
            boolean written =
                    update.written().flatMap(config -> config.failureAction()).isPresent();
            report.add(
                    update.path("failure_action"),
                    "a failed update is paused" + (written ? "" : ", Swarm's default")
                            + ", and stays half done until somebody acts",
                    "set update_config.failure_action: rollback");
        }
    }

    private static void failureActionContinue(ServiceFacts service, Report report) {
        UpdateFacts update = service.update();
        if (!service.isJob() && update.failureAction() == FailureAction.CONTINUE) {
            report.add(
                    update.path("failure_action"),
                    "an update goes on however many new tasks fail",
                    "set update_config.failure_action: rollback");
        }
    }

    private static void failureRatio(ServiceFacts service, Report report) {
        UpdateFacts update = service.update();
        double ratio = update.maxFailureRatio();
        if (service.isJob() || ratio <= 0 || update.failureAction() == FailureAction.CONTINUE) {
            return;
        }
        String action = update.failureAction() == FailureAction.ROLLBACK ? "rolled back" : "paused";
        if (service.isGlobal()) {
            report.add(
                    update.path("max_failure_ratio"),
                    "up to " + Math.round(ratio * 100) + " % of the tasks may fail before an update is " + action,
                    "remove max_failure_ratio");
            return;
        }
        int tasks = service.mostReplicas();
        // Swarm compares failures / tasks > ratio in single precision; the margin takes the same side as it does.
        int tolerated = (int) Math.floor(ratio * tasks + 1e-6);
        if (tolerated >= 1) {
            report.add(
                    update.path("max_failure_ratio"),
                    tolerated >= tasks
                            ? "all " + tasks + " tasks may fail and the update is never " + action
                            : tolerated + " of " + tasks + " tasks may fail before an update is " + action,
                    "remove max_failure_ratio");
        }
    }

    private static void updateAllAtOnce(ServiceFacts service, Report report) {
        UpdateFacts update = service.update();
        if (!service.rolls() || update.order() == Order.START_FIRST) {
            return;
        }
        int tasks = service.fewestReplicas();
        boolean all = service.isGlobal() ? update.parallelism() == 0 : tasks >= 2 && update.parallelOf(tasks) == tasks;
        if (all) {
            report.add(
                    update.path("parallelism"),
                    "an update stops " + (service.isGlobal() ? "all" : "all " + tasks) + " tasks at once: parallelism "
                            + update.parallelism() + " with stop-first",
                    "lower update_config.parallelism, or set order: start-first");
        }
    }

    private static void updateTooSlow(ServiceFacts service, Report report) {
        UpdateFacts update = service.update();
        int tasks = service.mostReplicas();
        if (!service.isReplicated() || !service.rolls() || tasks == 0) {
            return;
        }
        int parallel = update.parallelOf(tasks);
        long groups = ((long) tasks + parallel - 1) / parallel;
        Duration least = Durations.times(update.delay(), groups);
        if (least.compareTo(LONG_UPDATE) > 0) {
            report.add(
                    update.path("delay"),
                    "an update takes at least " + text(least) + ": " + groups + " groups of " + parallel
                            + " with a delay of " + text(update.delay()),
                    "shorten update_config.delay or raise parallelism; failures are watched for by monitor, not delay");
        }
    }

    private static void singleReplicaGap(ServiceFacts service, Report report) {
        boolean alone = service.isReplicated() && service.rolls() && service.fewestReplicas() == 1;
        boolean mustStopFirst = service.writtenVolumes().findAny().isPresent()
                || service.fixedHostPorts().findAny().isPresent();
        if (alone && !mustStopFirst && service.update().order() == Order.STOP_FIRST) {
            report.add(
                    service.update().path("order"),
                    "the only replica is stopped before its successor starts",
                    "set update_config.order: start-first, or run two replicas");
        }
    }
}
