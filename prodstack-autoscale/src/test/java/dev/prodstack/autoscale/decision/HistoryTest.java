package dev.prodstack.autoscale.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prodstack.autoscale.decision.History.Move;
import dev.prodstack.autoscale.decision.History.Recommendation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final Instant NOW = Draft.NOW;
    private static final History FULL = History.empty()
            .withRecommendations(List.of(new Recommendation(NOW.minusSeconds(30), 12), new Recommendation(NOW, 9)))
            .withMoves(List.of(new Move(NOW.minusNanos(1), -3)))
            .withBlindLooks(2)
            .withLooks(Optional.of(NOW.minusSeconds(900)), Optional.of(NOW));

    @Test
    void givesBackWhatItWasMadeOf() {
        assertThat(FULL.recommendations())
                .containsExactly(new Recommendation(NOW.minusSeconds(30), 12), new Recommendation(NOW, 9));
        assertThat(FULL.moves()).containsExactly(new Move(NOW.minusNanos(1), -3));
        assertThat(FULL.blindLooks()).isEqualTo(2);
        assertThat(FULL.firstLook()).contains(NOW.minusSeconds(900));
        assertThat(FULL.lastLook()).contains(NOW);
    }

    @Test
    void canBeStoredAndMadeAgain() {
        History again = History.empty()
                .withRecommendations(FULL.recommendations())
                .withMoves(FULL.moves())
                .withBlindLooks(FULL.blindLooks())
                .withLooks(FULL.firstLook(), FULL.lastLook());
        assertThat(again).isEqualTo(FULL).hasSameHashCodeAs(FULL).hasToString(FULL.toString());
        assertThat(History.unknown()).isNotEqualTo(History.empty()).hasToString("History[unknown]");
    }

    @Test
    void growsByMoves() {
        Move move = new Move(NOW.plusSeconds(1), 4);
        assertThat(FULL.afterMove(move).moves()).containsExactly(new Move(NOW.minusNanos(1), -3), move);
        assertThat(FULL.moves()).hasSize(1);
    }

    @Test
    void movesWithTheClock() {
        History shifted = FULL.shiftedBy(Duration.ofHours(-1));
        assertThat(shifted.recommendations()).contains(new Recommendation(NOW.minusSeconds(3_600), 9));
        assertThat(shifted.moves())
                .containsExactly(new Move(NOW.minusSeconds(3_600).minusNanos(1), -3));
        assertThat(shifted.firstLook()).contains(NOW.minusSeconds(4_500));
        assertThat(shifted.lastLook()).contains(NOW.minusSeconds(3_600));
        assertThat(shifted.shiftedBy(Duration.ofHours(1))).isEqualTo(FULL);
        assertThat(History.unknown().shiftedBy(Duration.ofHours(1))).isEqualTo(History.unknown());
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> new Move(NOW, 0)).hasMessageContaining("changes the replica count");
        assertThatThrownBy(() -> FULL.withBlindLooks(-1)).hasMessageContaining("not negative: -1");
    }
}
