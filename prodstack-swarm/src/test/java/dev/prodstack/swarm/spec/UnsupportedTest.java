package dev.prodstack.swarm.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.swarm.engine.ApiVersion;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an engine cannot do is told, and not posted to it. */
class UnsupportedTest {

    @ParameterizedTest
    @CsvSource({
        "service/healthcheck_timing,      44, WEAKER, services.app.healthcheck.start_interval, StartInterval",
        "service/oom_score_adj,           46, WEAKER, services.app.oom_score_adj,              OomScoreAdj",
        "service/volumes_subpath,         45, BROKEN, services.app.volumes[0].volume.subpath,  Subpath",
        "service/volumes_cluster,         42, BROKEN, services.app.volumes[0],                 ClusterOptions",
        "posted/networks_specification,   48, WEAKER, networks.front.enable_ipv4,              EnableIPv4",
    })
    void isToldUntilTheVersionThatHasIt(String name, int minor, Unsupported.Effect effect, String place, String field) {
        Stack stack = new CorpusCase(name).stack();
        ApiVersion before = new ApiVersion(1, minor - 1);
        ApiVersion since = new ApiVersion(1, minor);
        assertThat(Unsupported.in(stack, before))
                .filteredOn(one -> one.place().equals(place))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.effect()).isEqualTo(effect);
                    assertThat(one.since()).contains(since);
                    assertThat(one.message()).endsWith("it takes an engine with API " + since + " or newer");
                });
        assertThat(Unsupported.in(stack, since)).noneMatch(one -> one.place().equals(place));
        assertThat(posted(stack, before)).noneMatch(body -> body.findValue(field) != null);
        assertThat(posted(stack, since)).anyMatch(body -> body.findValue(field) != null);
    }

    private static Stream<JsonNode> posted(Stack stack, ApiVersion version) {
        StackBodies bodies = StackBodies.of(stack, new Namespace("stack"), version);
        return Stream.concat(bodies.networks().values().stream(), bodies.services().values().stream());
    }

    @Test
    void whatSwarmHasNothingForIsToldAlways() {
        assertThat(places("posted/mount_specification", ApiVersion.NEWEST))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "services.app.volumes[0].bind.create_host_path", Unsupported.Effect.WEAKER,
                        "services.app.volumes[1].bind.recursive", Unsupported.Effect.WEAKER,
                        "services.app.volumes[2].bind.recursive", Unsupported.Effect.WEAKER,
                        "services.app.volumes[4]", Unsupported.Effect.BROKEN));
        assertThat(places("service/ports_long_specification", ApiVersion.NEWEST))
                .containsOnlyKeys("services.app.ports[1].published");
        assertThat(places("service/volumes_selinux", ApiVersion.NEWEST))
                .containsOnlyKeys("services.app.volumes[0].bind.selinux");
        assertThat(places("service/command_empty", ApiVersion.NEWEST))
                .containsOnlyKeys("services.app.command", "services.app.entrypoint");
        assertThat(places("posted/networks_specification", ApiVersion.NEWEST))
                .containsOnlyKeys("networks.front.ipam.config[0].aux_addresses");
    }

    private static Map<String, Unsupported.Effect> places(String name, ApiVersion version) {
        return Unsupported.in(new CorpusCase(name).stack(), version).stream()
                .collect(Collectors.toMap(Unsupported::place, Unsupported::effect));
    }

    /** What the CLI accepts, the newest engine can do, but for what it takes and forgets. */
    @Test
    void ordinaryStacksAskForNothingThatTheNewestCannotDo() {
        List<String> large = CorpusCase.valid().stream()
                .map(CorpusCase::name)
                .filter(name -> name.startsWith("large/") && !name.equals("large/learning"))
                .toList();
        assertThat(large)
                .hasSizeGreaterThan(8)
                .allSatisfy(name -> assertThat(places(name, ApiVersion.NEWEST)).isEmpty());
    }

    @Test
    void olderEnginesAreToldThatNamesAreUnique() {
        Stack stack = new CorpusCase("networks/default").stack();
        assertThat(posted(stack, new ApiVersion(1, 43)))
                .anyMatch(body -> body.path("CheckDuplicate").asBoolean());
        assertThat(posted(stack, new ApiVersion(1, 44))).noneMatch(body -> body.has("CheckDuplicate"));
    }
}
