package dev.prodstack.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.core.rollout.Migration;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.core.value.ImageReference;
import dev.prodstack.swarm.plan.Change.RunJob;
import dev.prodstack.swarm.plan.Plan;
import dev.prodstack.swarm.progress.DeployEvent.Begun;
import dev.prodstack.swarm.progress.DeployEvent.Settled;
import dev.prodstack.swarm.progress.DeployOutcome;
import dev.prodstack.swarm.progress.DeployOutcome.Ending;
import dev.prodstack.swarm.status.ServiceStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that prepare data for a new version, on a real engine. The data is a volume that job and service share. */
@Tag("engine")
@Timeout(240)
class MigrationTest {
    private static final String SHOP = """
            services:
              database:
                image: IMAGE
                command: [sleep, "1000"]
                init: true
                stop_grace_period: 1s
                healthcheck: {test: [CMD, "true"], interval: 1s}
                deploy: {endpoint_mode: dnsrr}
              web:
                image: TAGGED
                command: [sh, -c, "test -e /data/form-VERSION && exec sleep 1000"]
                init: true
                stop_grace_period: 1s
                environment: {FORM: "VERSION"}
                depends_on: [database]
                volumes: ["data:/data"]
                healthcheck: {test: [CMD, "true"], interval: 1s}
                deploy:
                  endpoint_mode: dnsrr
                  restart_policy: {condition: none}
                  update_config: {order: start-first, monitor: 1s}
                x-prodstack:
                  migrate:
                    expand: {command: [sh, -c, "EXPAND"], environment: {WHO: expand}, timeout: 30s}
                    contract: {command: [sh, -c, "rm /data/form-one && echo $$WHO"], environment: {WHO: contract}}
            volumes: {data: {}}
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

    private static String version(String form, String image, String expand) {
        return SHOP.replace("TAGGED", image).replace("VERSION", form).replace("EXPAND", expand);
    }

    /** What runs now, under a name without its tag: another image to a service, the same to a node. */
    private String withoutTag() {
        ImageReference image = shop.swarm().status(shop.name()).services().stream()
                .flatMap(service -> service.image().stream())
                .findFirst()
                .orElseThrow();
        return new ImageReference(image.registry(), image.path(), Optional.empty(), image.digest()).toString();
    }

    @Test
    void theJobRunsBeforeTheNewImageAndOnlyThen() throws IOException {
        shop.deploy(version("one", "IMAGE", "touch /data/form-one"));
        assertThat(order())
                .as("a job that needs a service of the same first deploy waits for it")
                .containsExactly(
                        "database begun",
                        "database settled",
                        "web-migrate begun",
                        "web-migrate settled",
                        "web begun",
                        "web settled");
        assertThat(services()).containsExactly("database", "web");
        assertThat(shop.plan(version("one", "IMAGE", "touch /data/form-one")).changes())
                .isEmpty();

        shop.deploy(version("two", withoutTag(), "test $$WHO = expand && touch /data/form-two"));

        assertThat(order()).startsWith("web-migrate begun", "web-migrate settled", "web begun");
        assertThat(services()).containsExactly("database", "web");
    }

    @Test
    void aJobThatFailsStopsTheDeployBeforeAnythingChanged() throws IOException {
        shop.deploy(version("one", "IMAGE", "touch /data/form-one"));

        String broken = version("two", withoutTag(), "echo the table is locked; exit 3")
                .replaceFirst("stop_grace_period: 1s", "stop_grace_period: 2s");
        DeployOutcome outcome = shop.apply(shop.plan(broken));

        assertThat(outcome.ending()).isEqualTo(Ending.ROLLED_BACK);
        assertThat(order()).as("database was to change too").containsExactly("web-migrate begun");
        assertThat(outcome.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.service()).isEqualTo("web-migrate");
            assertThat(failure.log()).contains("the table is locked");
            assertThat(failure.tasks().get(0).exitCode()).contains(3);
        });
        assertThat(services()).containsExactly("database", "web");
        assertThat(shop.plan(version("one", "IMAGE", "touch /data/form-one")).changes())
                .isEmpty();
    }

    @Test
    void aJobThatTakesTooLongIsAFailureToo() throws IOException {
        Plan plan = shop.plan(version("one", "IMAGE", "sleep 1000").replace("timeout: 30s", "timeout: 2s"));

        DeployOutcome outcome = shop.apply(plan);

        assertThat(outcome.ending()).isEqualTo(Ending.ROLLED_BACK);
        assertThat(outcome.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.message()).contains("it was not done within 2 s"));
    }

    @Test
    void contractingIsAPlanOfItsOwn() throws IOException {
        String text = version("one", "IMAGE", "touch /data/form-one");
        shop.deploy(text);
        Stack stack = shop.stack(text);
        Migration migration = Objects.requireNonNull(stack.services().get("web"))
                .operations()
                .migration()
                .orElseThrow();

        Plan plan = shop.swarm()
                .planMigration(shop.name(), "web", migration.contract().orElseThrow());
        assertThat(plan.changes()).singleElement().isInstanceOf(RunJob.class);
        assertThat(shop.apply(plan).ending()).isEqualTo(Ending.DONE);

        assertThat(shop.apply(plan).failures())
                .as("what it removes is gone already")
                .singleElement()
                .satisfies(failure -> assertThat(failure.log()).anyMatch(line -> line.contains("form-one")));
        assertThat(services()).containsExactly("database", "web");
    }

    private List<String> order() {
        return shop.events().stream()
                .flatMap(event -> event instanceof Begun begun
                        ? Stream.of(begun.service() + " begun")
                        : event instanceof Settled settled ? Stream.of(settled.service() + " settled") : Stream.of())
                .toList();
    }

    private List<String> services() {
        return shop.swarm().status(shop.name()).services().stream()
                .map(ServiceStatus::name)
                .toList();
    }
}
