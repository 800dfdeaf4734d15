package dev.prodstack.core.lint;

import static dev.prodstack.core.lint.Severity.INFO;
import static dev.prodstack.core.lint.Severity.WARNING;

import dev.prodstack.core.lint.Rule.Report;
import dev.prodstack.core.stack.RestartPolicy;
import dev.prodstack.core.stack.RestartPolicy.Condition;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What happens when a task ends. */
final class RestartRules {
    static final List<Rule> ALL = List.of(
            Rule.ofService(
                    "restart-none",
                    WARNING,
                    "With condition none a task that ends is not replaced, whatever ended it: a crash, a failed health"
                            + " check, or the loss of its node. The service shrinks until it is gone.",
                    RestartRules::none),
            Rule.ofService(
                    "restart-on-failure",
                    INFO,
                    "With condition on-failure a task that ends with exit code 0 is not replaced. Servers that end"
                            + " cleanly on a signal or after a number of requests go missing.",
                    RestartRules::onFailure),
            Rule.ofService(
                    "restart-attempts-without-window",
                    WARNING,
                    "Without a window Swarm counts every restart since the service was last changed. After"
                            + " max_attempts of them, be they months apart, the task is given up for good.",
                    RestartRules::attemptsWithoutWindow),
            Rule.ofService(
                    "job-retries-for-ever",
                    WARNING,
                    "A job whose task fails is started again without end, every five seconds unless a delay is given,"
                            + " and never completes. Whoever waits for it waits until the deadline.",
                    RestartRules::jobRetriesForEver));

    private RestartRules() {}

    private static void none(ServiceFacts service, Report report) {
        if (!service.isJob() && condition(service) == Condition.NONE) {
            report.add(
                    "deploy.restart_policy.condition",
                    "a task that ends is never replaced",
                    "set restart_policy.condition: any, or mode: replicated-job for what runs to its end");
        }
    }

    private static void onFailure(ServiceFacts service, Report report) {
        if (!service.isJob() && condition(service) == Condition.ON_FAILURE) {
            report.add(
                    "deploy.restart_policy.condition",
                    "a task that ends with exit code 0 is not replaced",
                    "set restart_policy.condition: any, or mode: replicated-job for what runs to its end");
        }
    }

    private static void attemptsWithoutWindow(ServiceFacts service, Report report) {
        Optional<RestartPolicy> policy = service.service().deploy().restartPolicy();
        boolean window = policy.flatMap(RestartPolicy::window)
                .filter(time -> !time.isZero())
                .isPresent();
        if (!service.isJob() && condition(service) != Condition.NONE && attempts(policy) > 0 && !window) {
            report.add(
                    "deploy.restart_policy.max_attempts",
                    "a task is given up after " + attempts(policy) + " restarts, however long the time between them",
                    "add restart_policy.window such as 2m, in which attempts are counted");
        }
    }

    private static void jobRetriesForEver(ServiceFacts service, Report report) {
        Optional<RestartPolicy> policy = service.service().deploy().restartPolicy();
        if (service.isJob() && condition(service) != Condition.NONE && attempts(policy) == 0) {
            report.add(
                    "deploy.restart_policy",
                    "a job that fails is started again for ever",
                    "set restart_policy.condition: none, or on-failure with max_attempts");
        }
    }

    static Condition condition(ServiceFacts service) {
        return service.service()
                .deploy()
                .restartPolicy()
                .flatMap(RestartPolicy::condition)
                .orElse(Condition.ANY);
    }

    private static long attempts(Optional<RestartPolicy> policy) {
        return policy.map(RestartPolicy::maxAttempts)
                .orElse(OptionalLong.empty())
                .orElse(0);
    }
}
