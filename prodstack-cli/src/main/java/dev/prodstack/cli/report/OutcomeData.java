package dev.prodstack.cli.report;

import dev.prodstack.core.value.Data;
import dev.prodstack.swarm.plan.Plan;
import dev.prodstack.swarm.progress.DeployOutcome;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How a deploy ended, as data. */
public final class OutcomeData {
    private OutcomeData() {}

    /** The data. */
    public static Data of(Plan plan, DeployOutcome outcome) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("stack", Data.of(plan.stack()));
        fields.put("ending", Data.of(outcome.ending().name().toLowerCase(Locale.ROOT)));
        fields.put("message", Data.of(outcome.message()));
        fields.put("milliseconds", Data.of(outcome.took().toMillis()));
        fields.put("created", Data.of((long) plan.createdServices().size()));
        fields.put("updated", Data.of((long) plan.updatedServices().size()));
        fields.put("unchanged", Data.of((long) plan.unchanged().size()));
        fields.put(
                "failures",
                Data.of(outcome.failures().stream().map(FailureText::data).toList()));
        return Data.of(fields);
    }
}
