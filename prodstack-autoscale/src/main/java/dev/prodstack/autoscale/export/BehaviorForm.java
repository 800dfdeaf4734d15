package dev.prodstack.autoscale.export;

import dev.prodstack.core.scaling.Behavior;
import dev.prodstack.core.scaling.Behavior.Rate;
import dev.prodstack.core.scaling.Cooldown;
import dev.prodstack.core.scaling.ScalingPolicy;
import dev.prodstack.core.scaling.ScalingRule.Targets;
import dev.prodstack.core.scaling.Tolerance;
import dev.prodstack.core.value.Data;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code behavior} of an HPA, with what comes nearest to cooldowns, and warnings for what has no equal. */
final class BehaviorForm {
    private static final BigDecimal STANDARD = new BigDecimal("0.1");

    private final ScalingPolicy policy;
    private final Targets rule;
    private final List<String> warnings;

    BehaviorForm(ScalingPolicy policy, Targets rule, List<String> warnings) {
        this.policy = policy;
        this.rule = rule;
        this.warnings = warnings;
    }

    Data data() {
        Cooldown cooldown = policy.cooldown();
        Map<String, Data> data = new LinkedHashMap<>();
        Behavior.Direction up = rule.behavior().map(Behavior::up).orElseGet(Behavior::standardUp);
        Behavior.Direction down = rule.behavior().map(Behavior::down).orElseGet(Behavior::standardDown);
        data.put("scaleUp", direction("up", up, cooldown.up(), rule.tolerance().up()));
        data.put(
                "scaleDown",
                direction("down", down, cooldown.down(), rule.tolerance().down()));
        if (!rule.tolerance().equals(Tolerance.standard())) {
            warnings.add(
                    "tolerance in behavior needs Kubernetes 1.33 or newer (HPAConfigurableTolerance); older servers"
                            + " take 0.1 for all");
        }
        return Data.of(data);
    }

    private Data direction(String word, Behavior.Direction rules, Duration cooldown, double tolerance) {
        Duration window = rules.stabilizationWindow();
        Duration period = Duration.ZERO;
        if (!cooldown.isZero()) {
            warnings.add(
                    "cooldown " + word + " of " + cooldown.toSeconds() + " s after any move has no equal: the window"
                            + " is at least as long, and rates are counted over as long a period");
            window = shorter(longer(window, cooldown), Behavior.Direction.MAX_WINDOW);
            period = shorter(cooldown, Rate.MAX_PERIOD);
        }
        Map<String, Data> data = new LinkedHashMap<>();
        data.put("stabilizationWindowSeconds", Data.of(window.toSeconds()));
        data.put("selectPolicy", Data.of(select(rules.select())));
        if (BigDecimal.valueOf(tolerance).compareTo(STANDARD) != 0) {
            data.put("tolerance", Data.of(BigDecimal.valueOf(tolerance).toPlainString()));
        }
        Duration least = period;
        data.put(
                "policies",
                Data.of(rules.rates().stream().map(rate -> rate(rate, least)).toList()));
        return Data.of(data);
    }

    private static String select(Behavior.Select select) {
        return switch (select) {
            case MAX -> "Max";
            case MIN -> "Min";
            case DISABLED -> "Disabled";
        };
    }

    private static Data rate(Rate rate, Duration least) {
        Map<String, Data> data = new LinkedHashMap<>();
        boolean percent = rate instanceof Rate.Percent;
        data.put("type", Data.of(percent ? "Percent" : "Pods"));
        data.put("value", Data.of(percent ? ((Rate.Percent) rate).percent() : ((Rate.Replicas) rate).count()));
        data.put(
                "periodSeconds",
                Data.of(Math.max(1, longer(rate.period(), least).toSeconds())));
        return Data.of(data);
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
