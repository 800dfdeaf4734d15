package dev.prodstack.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.autoscale.decision.Decider;
import dev.prodstack.autoscale.decision.Decision;
import dev.prodstack.autoscale.decision.Finding.Asked;
import java.util.List;
import org.junit.jupiter.api.Test;

class FleetTest {
    @Test
    void everyServiceHasDataForAllMetricsAndSomeMove() {
        List<Decision> decisions = Fleet.situations(50, 100).stream()
                .map(situation -> Decider.decide(Fleet.policy(), situation, Fleet.NOW))
                .toList();
        assertThat(decisions)
                .allSatisfy(decision -> assertThat(decision.reasons())
                        .filteredOn(Asked.class::isInstance)
                        .hasSize(3));
        assertThat(decisions)
                .hasAtLeastOneElementOfType(Decision.Scale.class)
                .hasAtLeastOneElementOfType(Decision.Keep.class);
    }

    @Test
    void equalSeedsMakeEqualFleets() {
        assertThat(Fleet.situations(3, 10)).isEqualTo(Fleet.situations(3, 10));
    }
}
