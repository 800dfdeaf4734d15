package dev.prodstack.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.core.cluster.Lease.Busy;
import dev.prodstack.core.cluster.Lease.Taken;
import dev.prodstack.core.cluster.Lease.Term;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LeaseTest {
    private static final Duration TIME = Duration.ofSeconds(30);

    private final MemoryStore store = new MemoryStore();
    private final Lease lease = new Lease(store, "deploy.shop");

    private Taken taken(String holder) {
        return (Taken) lease.take(holder, "deploy", TIME);
    }

    @Test
    void oneHasItAtATime() {
        Term term = taken("anna").term();

        assertThat(lease.take("ben", "deploy", TIME)).isEqualTo(new Busy(term.tenure()));
        assertThat(term.tenure()).isEqualTo(new Tenure("anna", "deploy", 1, store.time, store.time, TIME));
        lease.giveBack(term);
        assertThat(lease.held()).isEmpty();
        assertThat(taken("ben")).satisfies(next -> {
            assertThat(next.abandoned()).isEmpty();
            assertThat(next.term().tenure().fence()).isEqualTo(2);
        });
    }

    @Test
    void renewalKeepsItAndWhenItBegan() {
        Instant began = store.time;
        Term term = taken("anna").term();
        for (int i = 0; i < 3; i++) {
            store.time = store.time.plusSeconds(29);
            term = lease.renew(term).orElseThrow();
        }

        assertThat(lease.take("ben", "deploy", TIME)).isInstanceOf(Busy.class);
        assertThat(term.tenure().since()).isEqualTo(began);
        assertThat(term.tenure().renewed()).isEqualTo(store.time);
        assertThat(lease.held()).contains(term.tenure());
    }

    @Test
    void whatNobodyRenewsIsTakenByTheNextWhoLearnsWhoseItWas() {
        Term lost = taken("anna").term();
        store.time = store.time.plus(TIME).minusMillis(1);
        assertThat(lease.take("ben", "deploy", TIME)).isInstanceOf(Busy.class);
        store.time = store.time.plusMillis(1);

        Taken next = taken("ben");

        assertThat(next.abandoned()).contains(lost.tenure());
        assertThat(next.term().tenure().fence()).isGreaterThan(lost.tenure().fence());
        assertThat(lease.renew(lost)).isEmpty();
        lease.giveBack(lost);
        assertThat(lease.held()).contains(next.term().tenure());
    }

    @Test
    void itIsBrokenForWhoIsMeantOnly() {
        Term first = taken("anna").term();
        assertThat(lease.breakOff(first.tenure())).isTrue();
        assertThat(lease.renew(first)).isEmpty();
        Term second = taken("ben").term();

        assertThat(lease.breakOff(first.tenure())).isFalse();
        assertThat(lease.held()).contains(second.tenure());
    }

    @Test
    void whoIsSlowerLearnsWhoWasFaster() {
        store.before = () -> new Lease(store, "deploy.shop").take("ben", "deploy", TIME);

        assertThat(lease.take("anna", "deploy", TIME))
                .isInstanceOfSatisfying(
                        Busy.class, busy -> assertThat(busy.tenure().holder()).isEqualTo("ben"));
    }

    @Test
    void whatIsForPeopleStaysOnOneLine() {
        assertThat(((Taken) lease.take("anna\nbell", "a\r\nb", TIME)).term().tenure())
                .extracting(Tenure::holder, Tenure::purpose)
                .containsExactly("anna bell", "a b");
    }
}
