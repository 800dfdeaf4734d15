package dev.prodstack.core.lint;

import static dev.prodstack.core.lint.Severity.WARNING;

import dev.prodstack.core.lint.Rule.Report;
import dev.prodstack.core.stack.Logging;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How tasks end, and what they leave behind. */
final class LifecycleRules {
    private static final Duration DEFAULT_GRACE = Duration.ofSeconds(10);

    static final List<Rule> ALL = List.of(
            Rule.ofService(
                    "short-stop-grace-period",
                    WARNING,
                    "A database that is killed before it has closed its files recovers them when it starts again, which"
                            + " takes longer than the shutdown would have. Swarm kills after ten seconds unless told"
                            + " otherwise.",
                    LifecycleRules::shortGracePeriod),
            Rule.ofService(
                    "unbounded-logs",
                    WARNING,
                    "The json-file driver keeps every line until the container is removed. One talkative task fills the"
                            + " disk of its node, and with it everything else there stops.",
                    LifecycleRules::unboundedLogs));

    private LifecycleRules() {}

    private static void shortGracePeriod(ServiceFacts service, Report report) {
        Optional<Duration> written = service.service().process().stopGracePeriod();
        Duration grace = written.orElse(DEFAULT_GRACE);
        boolean writes = service.writtenVolumes().findAny().isPresent();
        boolean isShort = written.isEmpty() || grace.compareTo(DEFAULT_GRACE) < 0;
        if (service.database().isPresent() && writes && isShort) {
            report.add(
                    "stop_grace_period",
                    service.database().get() + " is killed " + Durations.text(grace) + " after it was asked to stop"
                            + (written.isPresent() ? "" : ", Swarm's default"),
                    "set stop_grace_period to what a shutdown under load takes, such as 1m");
        }
    }

    private static void unboundedLogs(ServiceFacts service, Report report) {
        Optional<Logging> logging = service.service().logging();
        Optional<String> driver = logging.flatMap(Logging::driver);
        boolean jsonFile = driver.isEmpty() || driver.get().equals("json-file");
        boolean bounded = logging.map(section -> section.options().containsKey("max-size"))
                .orElse(false);
        if (jsonFile && !bounded) {
            report.add(
                    driver.isPresent() ? "logging.options" : "logging",
                    driver.isPresent()
                            ? "the json-file driver without max-size keeps everything"
                            : "no logging driver: nodes use json-file without a limit unless their daemon.json says"
                                    + " otherwise",
                    "set logging.options max-size: 10m and max-file: \"3\", or driver: local");
        }
    }
}
