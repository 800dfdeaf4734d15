package dev.prodstack.autoscale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prodstack.autoscale.Account.Step;
import dev.prodstack.autoscale.Account.Verdict;
import dev.prodstack.autoscale.Autoscaler.Effect;
import dev.prodstack.autoscale.ServiceLook.Plain;
import dev.prodstack.autoscale.metrics.MetricReader;
import dev.prodstack.autoscale.metrics.Patience;
import dev.prodstack.autoscale.metrics.ScriptedServer;
import dev.prodstack.autoscale.metrics.ScriptedServer.Said;
import dev.prodstack.autoscale.metrics.Secrets;
import dev.prodstack.core.cluster.ClusterException;
import dev.prodstack.core.cluster.ScalableService;
import dev.prodstack.core.scaling.Cooldown;
import dev.prodstack.core.scaling.Metric;
import dev.prodstack.core.scaling.MetricSources;
import dev.prodstack.core.scaling.Quantity;
import dev.prodstack.core.scaling.ReplicaRange;
import dev.prodstack.core.scaling.ScalingPolicy;
import dev.prodstack.core.scaling.ScalingPolicy.Mode;
import dev.prodstack.core.scaling.ScalingRule.Targets;
import dev.prodstack.core.scaling.Signal;
import dev.prodstack.core.scaling.Signal.Reading;
import dev.prodstack.core.scaling.Tolerance;
import dev.prodstack.core.scaling.WarmUp;
import dev.prodstack.core.scaling.WhenBlind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Looks at one service of 10 replicas, each of which is to have 100 of what {@code load} counts. */
@Timeout(60)
class AutoscalerTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration INTERVAL = Duration.ofSeconds(15);

    private final FakeTime time = new FakeTime(START);
    private final FakeTime clusterTime = new FakeTime(START.minusSeconds(7_200));
    private final FakeStore store = new FakeStore(clusterTime::wall);
    private final FakeCluster cluster = new FakeCluster(store, 10);
    private volatile String load = "1000";
    private ScriptedServer prometheus;
    private MetricReader metrics;
    private Autoscaler autoscaler = autoscaler(Effect.SCALES);

    @BeforeEach
    void listen() throws IOException {
        prometheus = ScriptedServer.start(asked -> load.equals("down")
                ? new Said(500, "")
                : Said.ok("{\"status\": \"success\", \"data\": {\"resultType\": \"vector\", \"result\": ["
                        + (load.isEmpty()
                                ? ""
                                : "{\"value\": [" + System.currentTimeMillis() / 1e3 + ", \"" + load + "\"]}")
                        + "]}}"));
        metrics = MetricReader.of(
                new MetricSources(INTERVAL, Optional.of(prometheus.endpoint()), Optional.empty()),
                new Secrets(Secrets.MOUNTED),
                new Patience(Duration.ofSeconds(10), Duration.ofSeconds(10), 1));
    }

    @AfterEach
    void close() {
        metrics.close();
        prometheus.close();
    }

    private Autoscaler autoscaler(Effect effect) {
        return new Autoscaler("shop", cluster, store, effect, time.clock());
    }

    private static ScaledStack stack(Mode mode) {
        ScalingPolicy policy = new ScalingPolicy(
                new ReplicaRange(2, 40),
                new Targets(
                        List.of(Metric.of(new Signal.Query("load", Reading.AVERAGE), Quantity.of(100))),
                        Tolerance.standard(),
                        Optional.empty()),
                Cooldown.standard(),
                List.of(),
                WhenBlind.Hold.HOLD,
                WarmUp.standard(),
                Duration.ofSeconds(60),
                mode);
        return new ScaledStack("shop", MetricSources.standard(), Map.of("web", policy));
    }

    private void passes(Duration span) {
        time.passes(span);
        clusterTime.passes(span);
    }

    private ServiceLook look() {
        return look(Mode.ACTIVE);
    }

    private ServiceLook look(Mode mode) {
        Look look = autoscaler.look(stack(mode), metrics);
        assertThat(look.services()).hasSize(1);
        passes(INTERVAL);
        return look.services().get(0);
    }

    private static List<String> codes(ServiceLook look) {
        return look.account().steps().stream().map(Step::code).toList();
    }

    /** Looks once for the beginning that a cooldown runs from, and waits until it has run. */
    private void settle() {
        look();
        for (int i = 0; i < 21; i++) {
            look();
        }
        assertThat(cluster.moves()).isEmpty();
    }

    @Test
    void moreLoadMoreReplicas() {
        load = "1500";

        ServiceLook look = look();

        assertThat(look.outcome()).isEqualTo(Plain.SCALED);
        assertThat(cluster.replicas()).isEqualTo(15);
        assertThat(look.account().replicas()).isEqualTo(15);
        assertThat(codes(look)).contains("MetricAsked");
    }

    @Test
    void lessLoadFewerReplicasOnceTheCooldownAndTheWindowAreOver() {
        settle();
        load = "500";
        int looks = 0;
        while (cluster.moves().isEmpty() && looks < 100) {
            look();
            looks++;
        }

        assertThat(cluster.moves()).containsExactly(5);
        assertThat(looks).as("looks of 15 s until a window of 300 s is over").isEqualTo(21);
    }

    @Test
    void aRestartInMidCooldownMovesNothingEarly() {
        settle();
        load = "1500";
        look();
        load = "500";
        int looks = 0;
        while (cluster.moves().size() < 2 && looks < 100) {
            // As after kill -9: nothing is known but what the cluster has.
            autoscaler = autoscaler(Effect.SCALES);
            look();
            looks++;
        }

        assertThat(cluster.moves()).containsExactly(15, 5);
        assertThat(looks).isEqualTo(21);
    }

    @Test
    void aMachineWithAnotherClockGoesOnWhereTheOtherWas() {
        settle();
        load = "1500";
        look();
        load = "500";
        int looks = 0;
        while (cluster.moves().size() < 2 && looks < 100) {
            time.isSetBy(Duration.ofHours(looks % 2 == 0 ? 30 : -30));
            autoscaler = autoscaler(Effect.SCALES);
            look();
            looks++;
        }

        assertThat(looks).isEqualTo(21);
    }

    @ParameterizedTest
    @ValueSource(longs = {-100_000, 100_000})
    void aClockThatIsSetMovesNothingEarly(long seconds) {
        settle();
        load = "1500";
        look();
        load = "500";
        time.isSetBy(Duration.ofSeconds(seconds));
        int looks = 0;
        while (cluster.moves().size() < 2 && looks < 100) {
            look();
            looks++;
        }

        // That the new time is believed on the way shifts what is remembered with it.
        assertThat(looks).isEqualTo(21);
    }

    @Test
    void aLongSilenceIsNoReasonToScaleDown() {
        settle();
        load = "500";
        passes(Duration.ofHours(1));
        autoscaler = autoscaler(Effect.SCALES);
        int looks = 0;
        while (cluster.moves().isEmpty() && looks < 100) {
            look();
            looks++;
        }

        assertThat(looks)
                .as("looks until the window from the first of them is over")
                .isEqualTo(22);
    }

    @Test
    void anOperatorsChangeStartsACooldown() {
        settle();
        cluster.operatorScales(20);
        int looks = 0;
        while (cluster.moves().isEmpty() && looks < 100) {
            look();
            looks++;
        }

        assertThat(cluster.moves()).containsExactly(10);
        assertThat(looks).as("looks until 5 minutes after the change was seen").isEqualTo(21);
    }

    @Test
    void anOperatorsChangeInBetweenIsNotOverwritten() {
        load = "1500";
        cluster.beforeScale(() -> cluster.operatorScales(12));

        ServiceLook look = look();

        assertThat(look.outcome()).isEqualTo(Plain.CHANGED_MEANWHILE);
        assertThat(cluster.replicas()).isEqualTo(12);
        assertThat(codes(look)).endsWith("ChangedMeanwhile");
        assertThat(look().outcome()).isEqualTo(Plain.SCALED);
        assertThat(cluster.replicas()).isEqualTo(15);
    }

    @Test
    void whoIsLeaderNoMoreMovesNothing() {
        look();
        Autoscaler other = autoscaler(Effect.SCALES);
        load = "1500";
        store.beforeReplace(() -> other.look(stack(Mode.ACTIVE), metrics));

        assertThatThrownBy(this::look).isInstanceOf(NotAlone.class);

        assertThat(cluster.moves()).as("by the other one alone").containsExactly(15);
        autoscaler.forget();
        look();
        assertThat(cluster.moves()).containsExactly(15);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "down", "NaN", "+Inf", "-Inf"})
    void withoutDataNothingMovesAndItSaysWhy(String nothing) {
        settle();
        load = nothing;
        for (int i = 0; i < 50; i++) {
            ServiceLook look = look();
            assertThat(look.account().verdict()).isEqualTo(Verdict.HOLD);
            assertThat(codes(look)).containsExactly("FailedGetExternalMetric", "MetricsMissing");
        }
        load = "1500";
        look();

        assertThat(cluster.moves()).containsExactly(15);
    }

    @ParameterizedTest
    @EnumSource(value = ScalableService.State.class, mode = EnumSource.Mode.EXCLUDE, names = "STOPPED")
    void whatIsUnderWayIsNotTouched(ScalableService.State state) {
        load = "1500";
        cluster.isUpdated(state);

        ServiceLook look = look();

        assertThat(look.outcome()).isIn(Plain.UPDATING, Plain.ROLLING_BACK, Plain.UPDATE_STUCK);
        assertThat(look.wanted()).isEqualTo(15);
        assertThat(cluster.moves()).isEmpty();
    }

    @Test
    void whatABackupStopsIsLeftAloneAndCountsAsNobodysMove() {
        settle();
        cluster.isUpdated(ScalableService.State.STOPPED);
        cluster.operatorScales(0);
        load = "0";
        for (int i = 0; i < 8; i++) {
            ServiceLook look = look();
            assertThat(look.outcome()).isEqualTo(Plain.STOPPED);
            assertThat(look.account().verdict()).isEqualTo(Verdict.INACTIVE);
            assertThat(codes(look)).containsExactly("Stopped");
        }
        cluster.goesOn();
        cluster.operatorScales(10);
        load = "2000";

        ServiceLook look = look();

        assertThat(look.outcome()).isEqualTo(Plain.SCALED);
        assertThat(cluster.moves()).as("twice as many as before").containsExactly(20);
    }

    @Test
    void whereTheClusterIsAwayNothingHappens() {
        look();
        load = "1500";
        store.goesAway();
        assertThatThrownBy(this::look).isInstanceOf(ClusterException.class);
        store.comesBack();
        autoscaler.forget();
        look();

        assertThat(cluster.moves()).containsExactly(15);
    }

    @Test
    void aMoveOfUnknownEndCountsAsOne() {
        settle();
        load = "1500";
        cluster.losesTheNextAnswer();
        ServiceLook look = look();
        assertThat(look.outcome()).isEqualTo(new ServiceLook.Failed("the connection broke"));
        load = "500";
        int looks = 0;
        while (cluster.moves().size() < 2 && looks < 100) {
            look();
            looks++;
        }
        assertThat(cluster.moves()).containsExactly(15, 5);
        assertThat(looks).as("looks until 5 minutes after the change was seen").isEqualTo(21);
    }

    @Test
    void aDryRunLeavesNoTrace() {
        look();
        autoscaler = autoscaler(Effect.NONE);
        load = "1500";

        assertThat(look().outcome()).isEqualTo(Plain.TRIED);
        assertThat(cluster.moves()).isEmpty();
        autoscaler = autoscaler(Effect.SCALES);
        assertThat(look(Mode.DRY_RUN).outcome()).isEqualTo(Plain.TRIED);
        assertThat(cluster.moves()).isEmpty();
    }

    @Test
    void aServiceThatIsNotThereIsMissed() {
        ScaledStack stack = stack(Mode.ACTIVE);
        ScaledStack other = new ScaledStack(
                "shop",
                stack.sources(),
                Map.of("api", Objects.requireNonNull(stack.policies().get("web"))));

        assertThat(autoscaler.look(other, metrics).missing()).containsExactly("api");
    }

    @Test
    void whoAsksWhySeesTheLastLook() {
        load = "1500";
        look();
        load = "1600";
        ServiceLook last = look();
        passes(Duration.ofSeconds(100));

        Standing standing = Standing.read(store, "shop").orElseThrow();

        assertThat(standing.age()).isEqualTo(Duration.ofSeconds(115));
        assertThat(standing.interval()).isEqualTo(INTERVAL);
        assertThat(standing.services()).containsOnlyKeys("web");
        assertThat(standing.services().get("web"))
                .usingRecursiveComparison()
                .ignoringFields("since")
                .isEqualTo(last.account());
    }
}
