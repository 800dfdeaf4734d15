package dev.prodstack.autoscale;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LeadershipTest {
    private final FakeTime time = new FakeTime(Instant.parse("2026-03-01T12:00:00Z"));
    private final FakeStore store = new FakeStore(time::wall);
    private final Leadership one = new Leadership(store, "shop", "one");
    private final Leadership two = new Leadership(store, "shop", "two");

    @Test
    void oneLeads() {
        assertThat(one.hold()).isTrue();
        assertThat(two.hold()).isFalse();
        assertThat(two.leader()).contains("one");
    }

    @Test
    void whoRenewsLeadsOn() {
        for (int i = 0; i < 100; i++) {
            assertThat(one.hold()).isTrue();
            assertThat(two.hold()).isFalse();
            time.passes(Duration.ofSeconds(5));
        }
    }

    @Test
    void afterATermOfSilenceAnotherLeads() {
        one.hold();
        time.passes(Leadership.TERM.minusSeconds(1));
        assertThat(two.hold()).isFalse();
        time.passes(Duration.ofSeconds(1));
        assertThat(two.hold()).isTrue();
        assertThat(one.hold()).isFalse();
    }

    @Test
    void ofTwoWhoTakeItAtOnceOneSucceeds() {
        one.hold();
        time.passes(Duration.ofMinutes(1));
        Leadership three = new Leadership(store, "shop", "three");
        store.beforeReplace(() -> assertThat(three.hold()).isTrue());

        assertThat(two.hold()).isFalse();
        assertThat(three.hold()).isTrue();
    }

    @Test
    void whoseRenewalIsLostOnTheWayBackLeadsOn() {
        assertThat(one.hold()).isTrue();
        assertThat(new Leadership(store, "shop", "one").hold())
                .as("stored for one, though one does not know")
                .isTrue();

        assertThat(one.hold()).isTrue();
        assertThat(two.hold()).isFalse();
    }

    @Test
    void whoResignsIsFollowedAtOnce() {
        one.hold();
        two.resign();
        assertThat(two.hold()).isFalse();
        one.resign();
        assertThat(two.hold()).isTrue();
    }

    @Test
    void eachStackHasALeaderOfItsOwn() {
        String longName = "a".repeat(60);
        assertThat(one.hold()).isTrue();
        assertThat(new Leadership(store, longName + "1", "two").hold()).isTrue();
        assertThat(new Leadership(store, longName + "2", "three").hold()).isTrue();
    }
}
