package dev.prodstack.core.compose;

import dev.prodstack.core.compose.operations.OperationsReader;
import dev.prodstack.core.compose.read.Place;
import dev.prodstack.core.problem.DottedPath;
import dev.prodstack.core.problem.Problems;
import dev.prodstack.core.scaling.ScalingPolicy;
import dev.prodstack.core.stack.Deploy;
import dev.prodstack.core.stack.Placement;
import dev.prodstack.core.stack.Resources;
import dev.prodstack.core.value.ByteSize;
import dev.prodstack.core.value.CpuCount;
import dev.prodstack.core.yaml.Node;
import dev.prodstack.core.yaml.SourceText;
import dev.prodstack.core.yaml.YamlReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A scaling policy that stands by itself: what {@code x-prodstack.autoscale} has beside a service, as YAML or JSON.
 * There are no variables in it, and a utilisation is taken of the reservation unless it says {@code of: limit}, as what
 * the replicas are given is said elsewhere.
 */
public final class PolicyText {
    private PolicyText() {}

    /**
     * Reads a policy.
     *
     * @throws ComposeException if anything is wrong with it; it has every problem
     */
    public static ScalingPolicy read(SourceText text) {
        Problems problems = new Problems();
        Optional<Node> root = YamlReader.read(text, problems);
        Optional<ScalingPolicy> policy = root.flatMap(
                node -> OperationsReader.scaling(new Place(node, DottedPath.ROOT, problems), anyService()));
        if (policy.isEmpty() || !problems.isEmpty()) {
            throw new ComposeException(problems.toList());
        }
        return policy.get();
    }

    /** A service of which any utilisation can be taken. */
    private static Deploy anyService() {
        Optional<CpuCount> cpus = Optional.of(CpuCount.parse("1"));
        Optional<ByteSize> memory = Optional.of(ByteSize.parse("1G"));
        Resources resources = new Resources(
                new Resources.Limits(cpus, memory, OptionalLong.empty()),
                new Resources.Reservations(cpus, memory, List.of(), List.of()));
        return new Deploy(
                Optional.empty(),
                OptionalInt.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                resources,
                Optional.empty(),
                new Placement(List.of(), List.of(), OptionalLong.empty()),
                Optional.empty(),
                Map.of());
    }
}
