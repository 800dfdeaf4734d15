package dev.prodstack.core.lint;

import static dev.prodstack.core.lint.Severity.ERROR;
import static dev.prodstack.core.lint.Severity.INFO;
import static dev.prodstack.core.lint.Severity.WARNING;

import dev.prodstack.core.lint.Rule.Report;
import java.time.Duration;
import java.util.List;

/** How often tasks are checked, and how long a broken one goes unnoticed. */
final class HealthRules {
    private static final Duration SHORT_INTERVAL = Duration.ofSeconds(1);
    private static final Duration LONG_TO_FAIL = Duration.ofMinutes(5);

    private static final List<String> PROGRAM_NONE = List.of("CMD-SHELL", "NONE");

    static final List<Rule> ALL = List.of(
            Rule.ofService(
                    "health-check-runs-none",
                    ERROR,
                    "A test that is a string is a shell command. NONE as a string does not switch the check off but runs"
                            + " a program of that name, which is not there: every task is found unhealthy and killed.",
                    HealthRules::runsNone),
            Rule.ofService(
                    "health-check-too-often",
                    WARNING,
                    "Each check starts a process in the container of each task. More than one a second loads the"
                            + " engine of the node more than it tells.",
                    HealthRules::tooOften),
            Rule.ofService(
                    "health-check-too-slow",
                    INFO,
                    "Until its health check has failed often enough, a broken task stays in the load balancing and"
                            + " gets its share of the requests.",
                    HealthRules::tooSlow));

    private HealthRules() {}

    private static void runsNone(ServiceFacts service, Report report) {
        service.health()
                .flatMap(health -> health.written().test())
                .filter(PROGRAM_NONE::equals)
                .ifPresent(test -> report.add(
                        "healthcheck.test",
                        "each check runs a program named NONE",
                        "write test: [\"NONE\"] or disable: true to switch the check off"));
    }

    private static void tooOften(ServiceFacts service, Report report) {
        service.health()
                .filter(health -> health.interval().compareTo(SHORT_INTERVAL) < 0)
                .ifPresent(health -> report.add(
                        "healthcheck.interval",
                        "a check every " + Durations.text(health.interval()) + " in each task",
                        "set healthcheck.interval to 1s or more; start_interval makes the first success quick"));
    }

    private static void tooSlow(ServiceFacts service, Report report) {
        service.health()
                .filter(health -> health.timeToFail().compareTo(LONG_TO_FAIL) > 0)
                .ifPresent(health -> report.add(
                        "healthcheck",
                        "a broken task gets requests for " + Durations.text(health.timeToFail()) + " or longer: "
                                + health.retries() + " retries x interval " + Durations.text(health.interval()),
                        "lower healthcheck.interval or retries"));
    }
}
