package dev.prodstack.swarm.spec;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.core.stack.Resources;
import dev.prodstack.core.value.ByteSize;
import dev.prodstack.core.value.CpuCount;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What each task may use and what is set aside for it. */
final class ResourceSpecs {
    private ResourceSpecs() {}

    static ObjectNode of(Resources resources) {
        Resources.Limits limits = resources.limits();
        Resources.Reservations reservations = resources.reservations();
        return new Draft()
                .filled(
                        "Limits",
                        new Draft()
                                .number("NanoCPUs", nanos(limits.cpus()))
                                .number("MemoryBytes", bytes(limits.memory()))
                                .number("Pids", limits.pids())
                                .node())
                .filled(
                        "Reservations",
                        new Draft()
                                .number("NanoCPUs", nanos(reservations.cpus()))
                                .number("MemoryBytes", bytes(reservations.memory()))
                                .filled("GenericResources", generic(reservations.generic()))
                                .node())
                .node();
    }

    private static OptionalLong nanos(Optional<CpuCount> cpus) {
        return cpus.map(count -> OptionalLong.of(count.nanos())).orElseGet(OptionalLong::empty);
    }

    private static OptionalLong bytes(Optional<ByteSize> memory) {
        return memory.map(size -> OptionalLong.of(size.bytes())).orElseGet(OptionalLong::empty);
    }

    private static ArrayNode generic(List<Resources.Generic> resources) {
        return Draft.list(resources.stream()
                .map(resource -> new Draft()
                        .with(
                                "DiscreteResourceSpec",
                                new Draft()
                                        .text("Kind", resource.kind())
                                        .number("Value", resource.value())
                                        .node())
                        .node())
                .toList());
    }
}
