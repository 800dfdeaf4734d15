package dev.prodstack.swarm.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.core.stack.RestartPolicy;
import dev.prodstack.core.stack.RestartPolicy.Condition;
import dev.prodstack.core.stack.Service;
import dev.prodstack.core.value.Data;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What happens when a task ends: {@code deploy.restart_policy}, or else the service's {@code restart}. */
final class RestartPolicies {
    private static final Pattern ON_FAILURE = Pattern.compile("on-failure(?::(\\d{1,18}))?");

    private RestartPolicies() {}

    static Optional<ObjectNode> of(Service service) {
        return service.deploy().restartPolicy().or(() -> ofRestart(service)).map(RestartPolicies::node);
    }

    private static ObjectNode node(RestartPolicy policy) {
        return new Draft()
                .text("Condition", policy.condition().map(Condition::toString))
                .nanos("Delay", policy.delay())
                .number("MaxAttempts", policy.maxAttempts())
                .nanos("Window", policy.window())
                .node();
    }

    /** {@code restart: no} says nothing, as with {@code docker stack deploy}: services are there to be kept up. */
    private static Optional<RestartPolicy> ofRestart(Service service) {
        String restart = service.composeOnly().get("restart") instanceof Data.Text text ? text.value() : "";
        Matcher onFailure = ON_FAILURE.matcher(restart);
        if (restart.equals("always") || restart.equals("unless-stopped")) {
            return Optional.of(policy(Condition.ANY, OptionalLong.empty()));
        }
        if (!onFailure.matches()) {
            return Optional.empty();
        }
        String attempts = onFailure.group(1);
        return Optional.of(
                policy(Condition.ON_FAILURE, OptionalLong.of(attempts == null ? 0 : Long.parseLong(attempts))));
    }

    private static RestartPolicy policy(Condition condition, OptionalLong attempts) {
        return new RestartPolicy(Optional.of(condition), Optional.empty(), attempts, Optional.empty());
    }
}
