package dev.prodstack.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prodstack.core.print.JsonText;
import dev.prodstack.swarm.lock.Claim;
import dev.prodstack.swarm.lock.LockHeldException;
import dev.prodstack.swarm.lock.LockLostException;
import dev.prodstack.swarm.lock.StackLock;
import dev.prodstack.swarm.plan.Change;
import dev.prodstack.swarm.plan.Change.Remove;
import dev.prodstack.swarm.plan.Difference;
import dev.prodstack.swarm.plan.ObjectKind;
import dev.prodstack.swarm.plan.Obstacle;
import dev.prodstack.swarm.plan.Plan;
import dev.prodstack.swarm.progress.DeployEvent;
import dev.prodstack.swarm.progress.DeployEvent.Settled;
import dev.prodstack.swarm.progress.DeployOptions;
import dev.prodstack.swarm.progress.DeployOutcome;
import dev.prodstack.swarm.progress.DeployOutcome.Ending;
import dev.prodstack.swarm.release.Release;
import dev.prodstack.swarm.release.Release.Outcome;
import dev.prodstack.swarm.status.ServiceStatus;
import dev.prodstack.swarm.status.UnderWay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Releases, rollbacks and the lock, on a real engine. */
@Tag("engine")
@Timeout(240)
class ReleaseTest {
    private static final String SHOP = """
            services:
              web:
                image: IMAGE
                command: [sleep, "1000"]
                init: true
                stop_grace_period: 1s
                environment: {VERSION: "NUMBER"}
                configs: [conf]
                secrets: [password]
                networks: [core]
                healthcheck: {test: [CMD, "true"], interval: 1s}
                deploy:
                  endpoint_mode: dnsrr
                  update_config: {order: start-first, monitor: 1s}
              EXTRA:
                image: IMAGE
                command: [sleep, "1000"]
                init: true
                stop_grace_period: 1s
                networks: [core]
                healthcheck: {test: [CMD, "true"], interval: 1s}
                deploy: {endpoint_mode: dnsrr}
            networks:
              core: {driver: overlay}
            configs:
              conf: {content: "conf NUMBER"}
            secrets:
              password: {file: ./password}
            """;

    @TempDir
    private Path directory = Path.of("");

    private LiveStack shop;

    @BeforeEach
    void begin() {
        shop = new LiveStack(directory);
    }

    @AfterEach
    void end() {
        if (shop != null) {
            shop.close();
        }
    }

    private String version(int number, String extra) throws IOException {
        shop.file("password", "value-of-" + number);
        return SHOP.replace("NUMBER", Integer.toString(number)).replace("EXTRA", extra);
    }

    private List<Release> releases() {
        return shop.swarm().releases(shop.name());
    }

    private List<String> services() {
        return shop.swarm().status(shop.name()).services().stream()
                .map(ServiceStatus::name)
                .toList();
    }

    private List<Outcome> outcomes() {
        return releases().stream().map(Release::outcome).toList();
    }

    @Test
    void theWholeStackGoesBackFromAMachineThatHasNoFiles() throws IOException {
        shop.deploy(version(1, "first"));
        shop.deploy(version(2, "second"));
        Files.delete(directory.resolve("password"));
        Files.delete(directory.resolve("compose.yml"));

        try (Swarm elsewhere = LiveStack.connect()) {
            Release first = elsewhere.releases(shop.name()).get(0);
            Plan back = elsewhere.planRollback(first);
            assertThat(back.obstacles()).isEmpty();
            assertThat(back.changes())
                    .extracting(Change::name)
                    .containsExactly(shop.name() + "_web", shop.name() + "_first", shop.name() + "_second");
            assertThat(elsewhere.apply(back, event -> {}).ending()).isEqualTo(Ending.DONE);
        }

        assertThat(services()).containsExactly("first", "web");
        assertThat(shop.plan(version(1, "first")).changes()).isEmpty();
        assertThat(releases()).extracting(Release::number).containsExactly(1, 2, 3);
        assertThat(outcomes()).containsOnly(Outcome.DONE);
        assertThat(releases().get(2).content()).isEqualTo(releases().get(0).content());
    }

    @Test
    void aReleaseSaysWhatRanAndTellsNoSecret() throws IOException {
        shop.deploy(version(1, "first"));
        shop.deploy(version(2, "first"));

        String content = JsonText.compact(releases().get(0).content());
        assertThat(content)
                .contains("@sha256:", shop.name() + "_password-", shop.name() + "_conf-")
                .doesNotContain("value-of-1", "pbkdf2");
        assertThat(Swarm.difference(releases().get(0), releases().get(1)).updatedServices())
                .singleElement()
                .satisfies(update -> assertThat(update.differences())
                        .extracting(Difference::label)
                        .containsExactlyInAnyOrder("env VERSION", "config conf", "secret password"));
    }

    @Test
    void secretsAndConfigsLiveAsLongAsAReleaseNeedsThem() throws IOException {
        DeployOptions two = DeployOptions.standard().keeping(2);
        for (int number = 1; number <= 3; number++) {
            Plan plan = shop.plan(version(number, "first"));
            assertThat(plan.changes()).doesNotHaveAnyElementsOfTypes(Remove.class);
            assertThat(shop.apply(plan, two).ending()).isEqualTo(Ending.DONE);
        }
        assertThat(releases()).extracting(Release::number).containsExactly(2, 3);

        Plan next = shop.plan(version(4, "first"));

        assertThat(next.changes().stream().filter(Remove.class::isInstance).map(Remove.class::cast))
                .as("what release 1 alone had used")
                .extracting(Remove::kind)
                .containsExactlyInAnyOrder(ObjectKind.SECRET, ObjectKind.CONFIG);
        assertThat(shop.swarm().planRollback(releases().get(0)).obstacles()).isEmpty();
    }

    @Test
    void whatAReleaseUsedAndSomebodyRemovedIsInTheWay() throws IOException {
        shop.deploy(version(1, "first"));
        shop.apply(shop.swarm().planRemoval(shop.name()));

        assertThat(shop.swarm().planRollback(releases().get(0)).obstacles())
                .hasSize(2)
                .extracting(Obstacle::message)
                .allMatch(message -> message.equals("release 1 used it, and it is no longer in the cluster"));
    }

    @Test
    void anInterruptedDeployIsUnfinishedUntilTheNextFindsEverythingHealthy() throws IOException {
        shop.deploy(version(1, "first"));
        Plan plan = shop.plan(version(2, "first"));

        assertThatThrownBy(() -> shop.swarm().apply(plan, event -> interruptAt(event, DeployEvent.Begun.class)))
                .isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();

        assertThat(outcomes()).containsExactly(Outcome.DONE, Outcome.INTERRUPTED);
        assertThat(shop.swarm().status(shop.name()).underWay())
                .hasValueSatisfying(change -> assertThat(change.state()).isEqualTo(UnderWay.State.UNFINISHED));
        shop.deploy(version(2, "first"));
        assertThat(shop.events().stream().filter(Settled.class::isInstance))
                .as("services are waited for though nothing is left to change")
                .hasSize(2);
        assertThat(outcomes()).containsExactly(Outcome.DONE, Outcome.INTERRUPTED, Outcome.DONE);
        assertThat(shop.swarm().status(shop.name()).underWay()).isEmpty();
    }

    private static void interruptAt(DeployEvent event, Class<?> kind) {
        if (kind.isInstance(event)) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aFailedDeployIsAReleaseThatWasRolledBack() throws IOException {
        shop.deploy(version(1, "first"));

        DeployOutcome outcome = shop.apply(shop.plan(version(2, "first").replaceFirst("\"true\"", "\"false\"")));

        assertThat(outcome.ending()).isEqualTo(Ending.ROLLED_BACK);
        assertThat(outcomes()).containsExactly(Outcome.DONE, Outcome.ROLLED_BACK);
        assertThat(releases().get(1).message()).isEqualTo("web failed");
    }

    @Test
    void oneChangesAStackAtATime() throws IOException {
        Plan plan = shop.plan(version(1, "first"));
        Claim anna = Claim.of("anna@laptop", "deploy");
        try (StackLock lock = shop.swarm().lock(shop.name(), anna)) {
            assertThatThrownBy(() -> shop.apply(plan))
                    .isInstanceOf(LockHeldException.class)
                    .hasMessageContaining("anna@laptop is changing the stack " + shop.name() + ": deploy, since ");

            try (StackLock second =
                    shop.swarm().lock(shop.name(), Claim.of("ben@desk", "rm").breaking())) {
                waitUntilNoticed(lock);
                assertThatThrownBy(() -> shop.swarm().apply(lock, plan, DeployOptions.standard(), event -> {}))
                        .isInstanceOf(LockLostException.class)
                        .hasMessageContaining("ben@desk has it (rm)");
                assertThat(second.holder()).isEqualTo("ben@desk");
            }
        }
        assertThat(shop.swarm().planRemoval(shop.name()).isEmpty())
                .as("who lost the lock changed nothing")
                .isTrue();
        assertThat(releases()).isEmpty();
    }

    private static void waitUntilNoticed(StackLock lock) {
        assertThatThrownBy(() -> {
                    while (true) {
                        lock.check();
                        Thread.onSpinWait();
                    }
                })
                .isInstanceOf(LockLostException.class);
    }

    @Test
    void whoIsPatientGetsTheLockWhenItIsFree() {
        StackLock first = shop.swarm().lock(shop.name(), Claim.of("anna@laptop", "deploy"));
        Thread giver = new Thread(first::close);
        giver.start();

        try (StackLock second =
                shop.swarm().lock(shop.name(), Claim.of("ben@desk", "rm").waiting(Duration.ofSeconds(30)))) {
            assertThat(second.purpose()).isEqualTo("rm");
        }
    }
}
