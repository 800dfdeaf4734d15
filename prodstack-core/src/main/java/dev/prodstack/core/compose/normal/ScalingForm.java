package dev.prodstack.core.compose.normal;

import dev.prodstack.core.scaling.Behavior;
import dev.prodstack.core.scaling.Behavior.Rate;
import dev.prodstack.core.scaling.Metric;
import dev.prodstack.core.scaling.MetricSources;
import dev.prodstack.core.scaling.MetricSources.Credentials;
import dev.prodstack.core.scaling.Quantity;
import dev.prodstack.core.scaling.ScalingPolicy;
import dev.prodstack.core.scaling.ScalingRule;
import dev.prodstack.core.scaling.ScheduledBounds;
import dev.prodstack.core.scaling.Signal;
import dev.prodstack.core.scaling.Signal.Resource;
import dev.prodstack.core.scaling.Threshold;
import dev.prodstack.core.scaling.WhenBlind;
import dev.prodstack.core.value.ByteSize;
import dev.prodstack.core.value.Data;
import java.math.BigDecimal;
import java.util.Optional;

/** The normal form of scaling policies. */
final class ScalingForm {
    private ScalingForm() {}

    static Data of(ScalingPolicy policy) {
        Section section = new Section()
                .put("mode", Data.of(policy.mode().toString()))
                .put("min", Data.of(policy.bounds().min()))
                .put("max", Data.of(policy.bounds().max()));
        rule(section, policy.rule());
        Section cooldown = new Section()
                .put("up", OperationsForm.duration(policy.cooldown().up()))
                .put("down", OperationsForm.duration(policy.cooldown().down()));
        Section warmUp = new Section()
                .put("cpu", OperationsForm.duration(policy.warmUp().cpuInitialization()))
                .put("readiness", OperationsForm.duration(policy.warmUp().readinessDelay()));
        return section.section("cooldown", cooldown)
                .items(
                        "schedules",
                        policy.schedules().stream().map(ScalingForm::schedule).toList())
                .put("when_metrics_fail", whenBlind(policy.whenBlind()))
                .section("warm_up", warmUp)
                .put("stale_after", OperationsForm.duration(policy.staleAfter()))
                .toData();
    }

    private static void rule(Section section, ScalingRule rule) {
        if (rule instanceof ScalingRule.Targets targets) {
            section.items(
                            "metrics",
                            targets.metrics().stream().map(ScalingForm::metric).toList())
                    .section(
                            "tolerance",
                            new Section()
                                    .put("up", share(targets.tolerance().up()))
                                    .put("down", share(targets.tolerance().down())));
            targets.behavior()
                    .ifPresent(behavior -> section.section(
                            "behavior",
                            new Section()
                                    .put("scale_up", direction(behavior.up()))
                                    .put("scale_down", direction(behavior.down()))));
        } else if (rule instanceof ScalingRule.Thresholds thresholds) {
            section.items(
                            "thresholds",
                            thresholds.thresholds().stream()
                                    .map(ScalingForm::threshold)
                                    .toList())
                    .section(
                            "step",
                            new Section()
                                    .put("up", Data.of(thresholds.step().up()))
                                    .put("down", Data.of(thresholds.step().down())));
        }
    }

    private static Data share(double share) {
        return Data.of(BigDecimal.valueOf(share));
    }

    private static Data metric(Metric metric) {
        Signal signal = metric.signal();
        Section settings = signal(signal).put("target", value(signal, metric.target()));
        return item(metric.name(), signal, settings);
    }

    private static Data threshold(Threshold threshold) {
        Signal signal = threshold.signal();
        Section settings = signal(signal)
                .put("above", value(signal, threshold.above()))
                .put("below", value(signal, threshold.below()));
        return item(threshold.name(), signal, settings);
    }

    private static Data item(String name, Signal signal, Section settings) {
        Optional<String> ownName = Optional.of(name).filter(text -> !text.equals(signal.label()));
        return new Section()
                .text("name", ownName)
                .put(kind(signal), settings.toData())
                .toData();
    }

    private static String kind(Signal signal) {
        if (signal instanceof Signal.Utilization utilization) {
            return utilization.resource().toString();
        }
        if (signal instanceof Signal.Usage usage) {
            return usage.resource().toString();
        }
        return signal instanceof Signal.Queue ? "queue" : "prometheus";
    }

    private static Section signal(Signal signal) {
        Section section = new Section();
        if (signal instanceof Signal.Utilization utilization) {
            section.put("of", Data.of(utilization.basis().toString()));
        } else if (signal instanceof Signal.Usage) {
            section.put("of", Data.of("absolute"));
        } else if (signal instanceof Signal.Queue queue) {
            section.texts("queues", queue.queues())
                    .put("virtual_host", Data.of(queue.virtualHost()))
                    .put("count", Data.of(queue.count().toString()));
        } else if (signal instanceof Signal.Query query) {
            section.put("query", Data.of(query.promql()))
                    .put("reading", Data.of(query.reading().toString()));
        }
        return section;
    }

    private static Data value(Signal signal, Quantity value) {
        if (signal instanceof Signal.Utilization) {
            return Data.of(value + "%");
        }
        if (signal instanceof Signal.Usage usage && usage.resource() == Resource.MEMORY) {
            return Data.of(new ByteSize(value.toDecimal().longValueExact()).toString());
        }
        return Data.of(value.toDecimal());
    }

    private static Data direction(Behavior.Direction direction) {
        return new Section()
                .put("stabilization_window", OperationsForm.duration(direction.stabilizationWindow()))
                .put("select", Data.of(direction.select().toString()))
                .items(
                        "policies",
                        direction.rates().stream().map(ScalingForm::rate).toList())
                .toData();
    }

    private static Data rate(Rate rate) {
        Section section = new Section();
        if (rate instanceof Rate.Replicas replicas) {
            section.put("replicas", Data.of(replicas.count()));
        } else if (rate instanceof Rate.Percent percent) {
            section.put("percent", Data.of(percent.percent()));
        }
        return section.put("period", OperationsForm.duration(rate.period())).toData();
    }

    private static Data schedule(ScheduledBounds schedule) {
        return new Section()
                .text("name", schedule.name())
                .put("start", Data.of(schedule.window().start().toString()))
                .put("end", Data.of(schedule.window().end().toString()))
                .put("time_zone", Data.of(schedule.window().zone().getId()))
                .number("min", schedule.min())
                .number("max", schedule.max())
                .toData();
    }

    private static Data whenBlind(WhenBlind whenBlind) {
        if (whenBlind instanceof WhenBlind.Replicas replicas) {
            return new Section()
                    .put("replicas", Data.of(replicas.count()))
                    .put("after_failures", Data.of(replicas.afterFailures()))
                    .toData();
        }
        return Data.of("hold");
    }

    static Data of(MetricSources sources) {
        Section section = new Section().put("interval", OperationsForm.duration(sources.interval()));
        sources.prometheus().ifPresent(endpoint -> section.put("prometheus", endpoint(endpoint)));
        sources.rabbitMq().ifPresent(endpoint -> section.put("rabbitmq", endpoint(endpoint)));
        return section.toData();
    }

    private static Data endpoint(MetricSources.Endpoint endpoint) {
        Section section = new Section().put("url", Data.of(endpoint.address().toString()));
        if (endpoint.credentials() instanceof Credentials.Basic basic) {
            OperationsForm.password(section.put("user", Data.of(basic.user())), "password", basic.password());
        } else if (endpoint.credentials() instanceof Credentials.Bearer bearer) {
            OperationsForm.password(section, "token", bearer.token());
        }
        return section.text("ca_file", endpoint.caFile()).toData();
    }
}
