package dev.prodstack.core.lint;

import static dev.prodstack.core.lint.Severity.INFO;
import static dev.prodstack.core.lint.Severity.WARNING;

import dev.prodstack.core.lint.Rule.Report;
import dev.prodstack.core.stack.UpdateConfig;
import dev.prodstack.core.stack.UpdateConfig.Order;
import java.util.List;

/** What happens when a service goes back to its previous version. */
final class RollbackRules {
    static final List<Rule> ALL = List.of(
            Rule.ofService(
                    "rollback-stops-first",
                    WARNING,
                    "A rollback does not follow update_config but rollback_config, whose order is stop-first unless"
                            + " told otherwise. A service that is updated without a gap then has one when it is"
                            + " rolled back, at the worst moment.",
                    RollbackRules::rollbackStopsFirst),
            Rule.ofService(
                    "rollback-one-by-one",
                    INFO,
                    "A rollback replaces one task after the other unless rollback_config says otherwise. Users meet"
                            + " the broken version for as long as that takes.",
                    RollbackRules::rollbackOneByOne));

    private RollbackRules() {}

    private static void rollbackStopsFirst(ServiceFacts service, Report report) {
        if (!service.rolls()
                || service.cannotRunTwice()
                || service.update().order() != Order.START_FIRST
                || service.rollback().order() != Order.STOP_FIRST) {
            return;
        }
        boolean written =
                service.rollback().written().flatMap(UpdateConfig::order).isPresent();
        report.add(
                service.rollback().path("order"),
                "an update starts the new task first, a rollback stops the old one first"
                        + (written ? "" : ", Swarm's default"),
                "set rollback_config.order: start-first");
    }

    private static void rollbackOneByOne(ServiceFacts service, Report report) {
        int tasks = service.mostReplicas();
        int forward = service.update().parallelOf(tasks);
        int back = service.rollback().parallelOf(tasks);
        if (service.isReplicated() && service.rolls() && forward > back) {
            report.add(
                    service.rollback().path("parallelism"),
                    "an update replaces " + forward + " tasks at a time, a rollback " + back,
                    "set rollback_config.parallelism to " + forward + " or more, or to 0 for all at once");
        }
    }
}
