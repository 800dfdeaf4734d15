package dev.prodstack.core.generate;

import dev.prodstack.core.value.Data;
import java.math.BigDecimal;
import java.util.List;

/** Draws {@code deploy} sections. */
final class DeployGenerator {
    private final Draw draw;

    DeployGenerator(Draw draw) {
        this.draw = draw;
    }

    Data deploy() {
        return draw.fields()
                .maybe("mode", () -> Data.of(draw.of("replicated", "global", "replicated-job", "global-job")))
                .maybe("replicas", draw::count)
                .maybe("labels", draw::keyValues)
                .maybe("update_config", () -> updateConfig("pause", "continue", "rollback"))
                .maybe("rollback_config", () -> updateConfig("pause", "continue"))
                .maybe("resources", this::resources)
                .maybe(
                        "restart_policy",
                        () -> draw.fields()
                                .maybe("condition", () -> Data.of(draw.of("none", "on-failure", "any")))
                                .maybe(List.of("delay", "window"), draw::duration)
                                .maybe("max_attempts", draw::count)
                                .toData())
                .maybe(
                        "placement",
                        () -> draw.fields()
                                .maybe("constraints", () -> draw.list(draw::textData))
                                .maybe(
                                        "preferences",
                                        () -> draw.list(() -> draw.fields()
                                                .with("spread", draw.someText())
                                                .toData()))
                                .maybe("max_replicas_per_node", draw::count)
                                .toData())
                .maybe("endpoint_mode", () -> Data.of(draw.of("vip", "dnsrr")))
                .maybe("x-own", () -> draw.anything(2))
                .toData();
    }

    private Data updateConfig(String... actions) {
        return draw.fields()
                .maybe("parallelism", draw::count)
                .maybe(List.of("delay", "monitor"), draw::duration)
                .maybe("failure_action", () -> Data.of(draw.of(actions)))
                .maybe("max_failure_ratio", () -> Data.of(new BigDecimal(draw.below(101)).movePointLeft(2)))
                .maybe("order", () -> Data.of(draw.of("stop-first", "start-first")))
                .toData();
    }

    private Data resources() {
        return draw.fields()
                .maybe(
                        "limits",
                        () -> draw.fields()
                                .maybe("cpus", draw::cpus)
                                .maybe("memory", draw::size)
                                .maybe("pids", draw::count)
                                .toData())
                .maybe(
                        "reservations",
                        () -> draw.fields()
                                .maybe("cpus", draw::cpus)
                                .maybe("memory", draw::size)
                                .maybe(
                                        "generic_resources",
                                        () -> draw.list(() -> draw.fields()
                                                .with(
                                                        "discrete_resource_spec",
                                                        draw.fields()
                                                                .with("kind", draw.wordData())
                                                                .with("value", draw.count())
                                                                .toData())
                                                .toData()))
                                .maybe(
                                        "devices",
                                        () -> draw.list(() -> draw.fields()
                                                .with("capabilities", Data.of(List.of(Data.of("gpu"))))
                                                .maybe("count", () -> draw.oneOf(draw::count, () -> Data.of("all")))
                                                .toData()))
                                .toData())
                .toData();
    }
}
