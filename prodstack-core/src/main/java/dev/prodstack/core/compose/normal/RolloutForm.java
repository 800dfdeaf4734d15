package dev.prodstack.core.compose.normal;

import dev.prodstack.core.rollout.Analysis;
import dev.prodstack.core.rollout.Analysis.Measurement;
import dev.prodstack.core.rollout.Migration;
import dev.prodstack.core.rollout.RolloutStrategy;
import dev.prodstack.core.rollout.RolloutStrategy.BlueGreen;
import dev.prodstack.core.rollout.RolloutStrategy.Canary;
import dev.prodstack.core.rollout.RolloutStrategy.Pause;
import dev.prodstack.core.rollout.RolloutStrategy.Step;
import dev.prodstack.core.value.Data;

/** The normal form of rollout strategies and migrations. */
final class RolloutForm {
    private RolloutForm() {}

    static Data of(RolloutStrategy strategy) {
        if (strategy instanceof BlueGreen blueGreen) {
            return blueGreen(blueGreen);
        }
        return strategy instanceof Canary canary ? canary(canary) : Data.of("rolling");
    }

    private static Data blueGreen(BlueGreen strategy) {
        Section section = new Section().put("strategy", Data.of("blue-green"));
        strategy.beforeSwitch().ifPresent(analysis -> section.put("before_switch", analysis(analysis)));
        strategy.gate().ifPresent(gate -> section.put("gate", pause(gate)));
        strategy.afterSwitch().ifPresent(analysis -> section.put("after_switch", analysis(analysis)));
        return section.put("drain", OperationsForm.duration(strategy.drain()))
                .put("keep_old", OperationsForm.duration(strategy.keepOld()))
                .toData();
    }

    private static Data canary(Canary strategy) {
        Section section = new Section()
                .put("strategy", Data.of("canary"))
                .items("steps", strategy.steps().stream().map(RolloutForm::step).toList());
        strategy.background().ifPresent(analysis -> section.put("background", analysis(analysis)));
        return section.put("drain", OperationsForm.duration(strategy.drain())).toData();
    }

    private static Data step(Step step) {
        Section section = new Section();
        if (step instanceof Step.SetWeight weight) {
            section.put("weight", Data.of(weight.percent()));
        } else if (step instanceof Step.Wait wait) {
            section.put("pause", pause(wait.pause()));
        } else if (step instanceof Step.Analyze analyze) {
            section.put("analysis", analysis(analyze.analysis()));
        }
        return section.toData();
    }

    private static Data pause(Pause pause) {
        if (pause instanceof Pause.For time) {
            return OperationsForm.duration(time.duration());
        }
        return Data.of("until-promoted");
    }

    private static Data analysis(Analysis analysis) {
        return new Section()
                .put("interval", OperationsForm.duration(analysis.interval()))
                .put("rounds", Data.of(analysis.rounds()))
                .items(
                        "measurements",
                        analysis.measurements().stream()
                                .map(RolloutForm::measurement)
                                .toList())
                .toData();
    }

    private static Data measurement(Measurement measurement) {
        Section limits = new Section()
                .put("failures", Data.of(measurement.limits().failures()))
                .put("inconclusive", Data.of(measurement.limits().inconclusive()))
                .put("consecutive_errors", Data.of(measurement.limits().consecutiveErrors()));
        return new Section()
                .put("name", Data.of(measurement.name()))
                .put("query", Data.of(measurement.promql()))
                .text("success", measurement.success())
                .text("failure", measurement.failure())
                .section("limits", limits)
                .toData();
    }

    static Data of(Migration migration) {
        Section section = new Section().put("expand", job(migration.expand()));
        migration.contract().ifPresent(contract -> section.put("contract", job(contract)));
        return section.toData();
    }

    private static Data job(Migration.Job job) {
        return new Section()
                .texts("command", job.command())
                .texts("environment", job.environment())
                .put("timeout", OperationsForm.duration(job.timeout()))
                .put("attempts", Data.of(job.attempts()))
                .toData();
    }
}
