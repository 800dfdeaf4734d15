package dev.prodstack.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HeldLeaseTest {
    private static final Duration TIME = Duration.ofSeconds(30);
    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration OFTEN = Duration.ofMillis(1);
    private static final Duration STALE = Duration.ofMillis(1_050);

    private final MemoryStore store = new MemoryStore();
    private final Lease lease = new Lease(store, "deploy.shop");

    private HeldLease held(Duration every) {
        return new HeldLease(lease, ((Lease.Taken) lease.take("anna", "deploy", TIME)).term(), every);
    }

    @Test
    void isRenewedByItself() throws InterruptedException {
        CountDownLatch renewals = new CountDownLatch(3);
        store.replaced = renewals::countDown;
        try (HeldLease held = held(OFTEN)) {
            assertThat(renewals.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(held.isOurs()).isTrue();
            assertThat(held.tenure().holder()).isEqualTo("anna");
        }
    }

    @Test
    void isRenewedWhenAskedForAfterASecond() throws InterruptedException {
        try (HeldLease held = held(NEVER)) {
            store.time = store.time.plusSeconds(29);
            Thread.sleep(STALE.toMillis());

            assertThat(held.isOurs()).isTrue();
            assertThat(held.tenure().renewed()).isEqualTo(store.time);
        }
    }

    @Test
    void whoseLeaseWasBrokenLearnsItAndLeavesThatOfTheNextAlone() throws InterruptedException {
        try (HeldLease held = held(NEVER)) {
            assertThat(lease.breakOff(held.tenure())).isTrue();
            Lease.Attempt next = lease.take("ben", "deploy", TIME);
            assertThat(next).isInstanceOf(Lease.Taken.class);
            Thread.sleep(STALE.toMillis());

            assertThat(held.isOurs()).isFalse();
            assertThat(held.isOurs()).isFalse();
        }
        assertThat(lease.held().map(Tenure::holder)).contains("ben");
    }

    @Test
    void aClusterThatIsAwayIsAskedAgain() throws InterruptedException {
        CountDownLatch failures = new CountDownLatch(2);
        try (HeldLease held = held(OFTEN)) {
            store.replaced = () -> {
                failures.countDown();
                throw new ClusterException("no leader", null);
            };
            assertThat(failures.await(10, TimeUnit.SECONDS)).isTrue();
            store.replaced = () -> {};
            assertThat(held.isOurs()).isTrue();
        }
        assertThat(lease.held()).isEmpty();
    }

    @Test
    void whoCannotTellSaysSo() throws InterruptedException {
        try (HeldLease held = held(NEVER)) {
            store.replaced = () -> {
                throw new ClusterException("no leader", null);
            };
            Thread.sleep(STALE.toMillis());

            assertThatThrownBy(held::isOurs).isInstanceOf(ClusterException.class);
        }
    }

    @Test
    void isGivenBackByAThreadThatWasInterrupted() {
        Thread.currentThread().interrupt();
        held(NEVER).close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(lease.held()).isEmpty();
    }

    @Test
    void namesThatWouldBeTooLongAreToldApart() {
        String longName = "s".repeat(80);

        assertThat(ClusterStore.nameFor("backup.", "shop")).isEqualTo("backup.shop");
        assertThat(ClusterStore.nameFor("backup.", longName + "1"))
                .hasSize(64)
                .isNotEqualTo(ClusterStore.nameFor("backup.", longName + "2"));
    }
}
