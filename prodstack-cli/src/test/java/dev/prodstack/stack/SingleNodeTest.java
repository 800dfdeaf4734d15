package dev.prodstack.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.core.stack.Deploy;
import dev.prodstack.core.stack.Port;
import dev.prodstack.core.stack.Resources;
import dev.prodstack.core.stack.Service;
import dev.prodstack.core.stack.UpdateConfig;
import java.util.Collection;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What one small machine gets: no IPVS needed, no label needed, and room for all of it. */
class SingleNodeTest {
    private static final long GIBIBYTE = 1L << 30;

    private static Collection<Service> services(StackFiles files) {
        return files.read().stack().services().values();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ANY, names = ".*SINGLE_NODE")
    void nothingNeedsAVirtualAddress(StackFiles files) {
        assertThat(services(files)).allSatisfy(service -> {
            assertThat(service.deploy().endpointMode()).contains(Deploy.EndpointMode.DNSRR);
            assertThat(service.ports()).allMatch(port -> port.mode() == Port.Mode.HOST);
        });
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ANY, names = ".*SINGLE_NODE")
    void nothingNeedsALabelOfTheNode(StackFiles files) {
        assertThat(services(files))
                .flatExtracting(service -> service.deploy().placement().constraints())
                .allSatisfy(constraint -> assertThat(constraint).doesNotContain("node.labels"));
    }

    @Test
    void nginxLeavesThePortsBeforeItsSuccessorTakesThem() {
        Service nginx = StackFiles.SINGLE_NODE.service("nginx");

        assertThat(nginx.ports()).hasSize(2);
        assertThat(nginx.deploy().replicas()).hasValue(1);
        assertThat(nginx.deploy().updateConfig().orElseThrow().order()).contains(UpdateConfig.Order.STOP_FIRST);
        assertThat(nginx.deploy().rollbackConfig().orElseThrow().order()).contains(UpdateConfig.Order.STOP_FIRST);
    }

    @Test
    void whatIsSetAsideFitsTwoCoresAndFourGibibytesAtFullScale() {
        long nanos = 0;
        long bytes = 0;
        for (Service service : services(StackFiles.OPERATED_SINGLE_NODE)) {
            Resources.Reservations each = service.deploy().resources().reservations();
            nanos += atMost(service) * each.cpus().orElseThrow().nanos();
            bytes += atMost(service) * each.memory().orElseThrow().bytes();
        }
        assertThat(nanos).isLessThan(1_000_000_000L);
        assertThat(bytes).isLessThan(5 * GIBIBYTE / 2);
    }

    @Test
    void whatTasksMayUseFitsSixGibibytes() {
        ToLongFunction<Service> limit = service -> service.deploy().replicas().orElse(1)
                * service.deploy().resources().limits().memory().orElseThrow().bytes();

        assertThat(services(StackFiles.OPERATED_SINGLE_NODE).stream()
                        .mapToLong(limit)
                        .sum())
                .isLessThan(5 * GIBIBYTE);
    }

    @Test
    void postgresIsSetUpAsElsewhere() {
        assertThat(settingsOfPostgres(StackFiles.SINGLE_NODE)).isEqualTo(settingsOfPostgres(StackFiles.PRODUCTION));
    }

    private static List<String> settingsOfPostgres(StackFiles files) {
        Pattern value = Pattern.compile("=.*");
        return files.service("postgres").process().command().orElseThrow().stream()
                .map(word -> value.matcher(word).replaceFirst(""))
                .toList();
    }

    private static long atMost(Service service) {
        return service.operations()
                .autoscale()
                .map(policy -> policy.bounds().max())
                .orElseGet(() -> service.deploy().replicas().orElse(1));
    }
}
