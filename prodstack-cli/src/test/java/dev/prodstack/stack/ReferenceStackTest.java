package dev.prodstack.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.autoscale.ScaledStack;
import dev.prodstack.core.lint.Linter;
import dev.prodstack.core.scaling.Metric;
import dev.prodstack.core.scaling.Quantity;
import dev.prodstack.core.scaling.ReplicaRange;
import dev.prodstack.core.scaling.ScalingPolicy;
import dev.prodstack.core.scaling.ScalingRule.Targets;
import dev.prodstack.core.stack.Config;
import dev.prodstack.core.stack.Payload;
import dev.prodstack.core.stack.Secret;
import dev.prodstack.core.stack.Service;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.core.stack.UpdateConfig.FailureAction;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference stack is read, complete, and clean, whichever of its files are used together. */
class ReferenceStackTest {
    /** Its image holds one program, so nothing in it could ask how the program is. */
    private static final Set<String> WITHOUT_A_SHELL = Set.of("nginx-exporter");

    static Stream<Arguments> services() {
        return Stream.of(StackFiles.values())
                .flatMap(files -> files.read().stack().services().entrySet().stream()
                        .map(entry -> Arguments.of(files, entry.getKey(), entry.getValue())));
    }

    @Test
    void hasElevenServicesAndWhatTheyShare() {
        Stack stack = StackFiles.PRODUCTION.read().stack();

        assertThat(stack.name()).isEqualTo("shop");
        assertThat(stack.services())
                .containsOnlyKeys(
                        "backend",
                        "worker",
                        "frontend",
                        "postgres",
                        "redis",
                        "rabbitmq",
                        "minio",
                        "nginx",
                        "prometheus",
                        "grafana",
                        "sentry-relay");
        assertThat(stack.secrets()).hasSize(11);
        assertThat(stack.configs()).hasSize(5);
        assertThat(stack.networks()).containsOnlyKeys("core", "monitoring");
        assertThat(stack.networks().values())
                .allSatisfy(network -> assertThat(network.driver()).contains("overlay"));
    }

    @Test
    void itsThreeScaledServicesHaveEighteenReplicasAtBaseAndEightyAtMost() {
        Map<String, ScalingPolicy> policies =
                ScaledStack.of(StackFiles.PRODUCTION.read().stack()).policies();

        assertThat(policies).containsOnlyKeys("backend", "worker", "frontend");
        assertThat(bounds(policies, "backend")).isEqualTo(new ReplicaRange(5, 20));
        assertThat(bounds(policies, "worker")).isEqualTo(new ReplicaRange(10, 50));
        assertThat(bounds(policies, "frontend")).isEqualTo(new ReplicaRange(3, 10));
        assertThat(targets(policies, "backend"))
                .containsOnly(Map.entry("cpu", Quantity.of(70)), Map.entry("memory", Quantity.of(80)));
        assertThat(targets(policies, "worker")).containsEntry("queue celery", Quantity.of(100));
        assertThat(targets(policies, "frontend")).containsOnly(Map.entry("cpu", Quantity.of(50)));
        assertThat(policies.values().stream()
                        .mapToInt(its -> its.bounds().min())
                        .sum())
                .as("replicas at base")
                .isEqualTo(18);
        assertThat(policies.values().stream()
                        .mapToInt(its -> its.bounds().max())
                        .sum())
                .as("replicas at most")
                .isEqualTo(80);
    }

    private static ReplicaRange bounds(Map<String, ScalingPolicy> policies, String service) {
        return Optional.ofNullable(policies.get(service)).orElseThrow().bounds();
    }

    private static Map<String, Quantity> targets(Map<String, ScalingPolicy> policies, String service) {
        Targets rule = (Targets)
                Optional.ofNullable(policies.get(service)).orElseThrow().rule();
        return rule.metrics().stream().collect(Collectors.toMap(Metric::name, Metric::target));
    }

    @Test
    void theOverlaysAddWhatTheySay() {
        assertThat(StackFiles.OPERATED.read().stack().services().keySet())
                .containsAll(StackFiles.PRODUCTION.read().stack().services().keySet())
                .contains(
                        "postgres-exporter",
                        "redis-exporter",
                        "nginx-exporter",
                        "node-exporter",
                        "agent",
                        "alertmanager");
        assertThat(StackFiles.SINGLE_NODE.read().stack().services().keySet())
                .isEqualTo(StackFiles.PRODUCTION.read().stack().services().keySet());
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("services")
    void eachServiceSaysHowItIsWatchedLimitedAndReplaced(StackFiles files, String name, Service service) {
        var deploy = service.deploy();

        assertThat(service.healthCheck().isEmpty()).isEqualTo(WITHOUT_A_SHELL.contains(name));
        assertThat(service.logging().orElseThrow().options()).containsKeys("max-size", "max-file");
        assertThat(service.process().stopGracePeriod()).isPresent();
        assertThat(deploy.restartPolicy()).isPresent();
        assertThat(deploy.rollbackConfig()).isPresent();
        assertThat(deploy.updateConfig().orElseThrow().failureAction()).contains(FailureAction.ROLLBACK);
        assertThat(deploy.resources().limits().memory()).isPresent();
        assertThat(deploy.resources().limits().cpus()).isPresent();
        assertThat(deploy.resources().reservations().memory()).isPresent();
        assertThat(deploy.resources().reservations().cpus()).isPresent();
        assertThat(deploy.placement().constraints()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void nothingInItHurtsOnSwarm(StackFiles files) {
        assertThat(Linter.check(files.read())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void itsConfigsAreThereAndItsSecretsAreNot(StackFiles files) {
        Stack stack = files.read().stack();

        assertThat(stack.configs().values())
                .extracting(Config::source)
                .allSatisfy(payload -> assertThat(payload)
                        .isInstanceOfSatisfying(
                                Payload.FromFile.class,
                                file -> assertThat(Path.of(file.path())).isRegularFile()));
        assertThat(stack.secrets().values()).extracting(Secret::source).hasOnlyElementsOfType(Payload.External.class);
    }

    @Test
    void volumesAreLocalUnlessTheEnvironmentNamesAShare() {
        assertThat(databaseVolume(Map.of()).values()).containsOnly("");
        assertThat(databaseVolume(Map.of(
                        "VOLUME_TYPE", "nfs",
                        "VOLUME_OPTIONS", "addr=10.0.0.5,nfsvers=4.2,rw,hard",
                        "POSTGRES_VOLUME_DEVICE", ":/export/shop/postgres")))
                .containsOnly(
                        Map.entry("type", "nfs"),
                        Map.entry("o", "addr=10.0.0.5,nfsvers=4.2,rw,hard"),
                        Map.entry("device", ":/export/shop/postgres"));
    }

    private static Map<String, String> databaseVolume(Map<String, String> environment) {
        return StackFiles.PRODUCTION.read(environment).stack().volumes().entrySet().stream()
                .filter(volume -> volume.getKey().equals("postgres_data"))
                .findFirst()
                .orElseThrow()
                .getValue()
                .driverOptions();
    }
}
