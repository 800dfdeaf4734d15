package dev.prodstack.core.lint;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every rule there is. */
public final class Rules {
    private static final List<Rule> ALL = Stream.of(
                    UpdateRules.ALL,
                    RollbackRules.ALL,
                    StartFirstRules.ALL,
                    HealthRules.ALL,
                    RestartRules.ALL,
                    ModeRules.ALL,
                    ResourceRules.ALL,
                    PlacementRules.ALL,
                    VolumeRules.ALL,
                    MountRules.ALL,
                    PortRules.ALL,
                    NetworkRules.ALL,
                    ImageRules.ALL,
                    SecretRules.ALL,
                    ConfinementRules.ALL,
                    LifecycleRules.ALL,
                    DependencyRules.ALL,
                    IgnoredRules.ALL,
                    OperationsRules.ALL,
                    List.of(Silences.UNUSED_IGNORE))
            .flatMap(List::stream)
            .toList();
    private static final Map<String, Rule> BY_ID =
            ALL.stream().collect(Collectors.toMap(Rule::id, Function.identity()));

    private Rules() {}

    /** The rules, those about related things together. */
    public static List<Rule> all() {
        return ALL;
    }

    /** The rule of an id, if there is one. */
    public static Optional<Rule> find(String id) {
        return Optional.ofNullable(BY_ID.get(id));
    }
}
