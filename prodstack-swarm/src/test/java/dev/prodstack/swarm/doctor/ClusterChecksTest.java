package dev.prodstack.swarm.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prodstack.swarm.doctor.Finding.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterChecksTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final String MANAGER = "{'LocalNodeState': 'active', 'ControlAvailable': true}";
    private static final String GOOD = "{'Status': {'State': 'ready'}, 'Spec': {'Availability': 'active'},"
            + " 'ManagerStatus': {'Reachability': 'reachable'}}";

    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text.replace('\'', '"'));
    }

    private static Verdict verdict(
            String check, String swarm, String time, String nodes, Optional<Facts.Machine> machine)
            throws JsonProcessingException {
        List<JsonNode> list = new ArrayList<>();
        json(nodes).forEach(list::add);
        Facts facts = new Facts(
                "1.41",
                machine.isEmpty(),
                json("{'Swarm': " + swarm + ", 'SystemTime': '" + time + "'}"),
                NOW,
                list,
                List.of(),
                machine);
        return ClusterChecks.look(facts).stream()
                .filter(finding -> finding.check().equals(check))
                .findFirst()
                .orElseThrow()
                .verdict();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                MANAGER + "                                              | OK",
                "{'LocalNodeState': 'active', 'ControlAvailable': false} | ERROR",
                "{'LocalNodeState': 'inactive'}                          | ERROR",
                "{'LocalNodeState': 'locked'}                            | ERROR",
            })
    void onlyAManagerWillDo(String swarm, Verdict verdict) throws Exception {
        assertThat(verdict("swarm", swarm, NOW.toString(), "[]", Optional.empty()))
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T12:00:04Z, OK",
        "2026-11-24T11:59:54Z, WARNING",
        "2026-11-24T14:00:00+02:00, OK",
        "soon, UNKNOWN"
    })
    void clocksAgreeWithinSeconds(String time, Verdict verdict) throws Exception {
        assertThat(verdict("clock", MANAGER, time, "[]", Optional.empty())).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "quorum | [" + GOOD + "]                           | OK",
                "quorum | [" + GOOD + "," + GOOD + "]              | WARNING",
                "quorum | [" + GOOD + "," + GOOD + "," + GOOD + "] | OK",
                "quorum | [" + GOOD + "," + GOOD + ", {'ManagerStatus': {'Reachability': 'unreachable'}}] | WARNING",
                "nodes  | [" + GOOD + "]                           | OK",
                "nodes  | [{'Status': {'State': 'down'}, 'Spec': {'Availability': 'active'}}] | ERROR",
                "nodes  | [{'Status': {'State': 'ready'}, 'Spec': {'Availability': 'drain'}}] | WARNING",
            })
    void nodesAreReadyAndManagersMany(String check, String nodes, Verdict verdict) throws Exception {
        assertThat(verdict(check, MANAGER, NOW.toString(), nodes, Optional.empty()))
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({
        "ipvs,   true,  9000, 10000, false, OK",
        "ipvs,   false, 9000, 10000, false, WARNING",
        "disk,   true,  9000, 10000, false, OK",
        "disk,   true,  1000, 10000, false, WARNING",
        "disk,   true,  9000, 900000, false, WARNING",
        "access, true,  9000, 10000, false, OK",
        "access, true,  9000, 10000, true,  WARNING",
    })
    void thisMachineIsLookedAt(
            String check, boolean balancer, long freeMib, long totalMib, boolean open, Verdict verdict)
            throws Exception {
        Facts.Machine machine = new Facts.Machine(balancer, Optional.of(freeMib << 20), totalMib << 20, open);
        assertThat(verdict(check, MANAGER, NOW.toString(), "[]", Optional.of(machine)))
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"ipvs, UNKNOWN", "disk, UNKNOWN", "access, WARNING"})
    void ofAnotherMachineIsSaidWhatCannotBeTold(String check, Verdict verdict) throws Exception {
        assertThat(verdict(check, MANAGER, NOW.toString(), "[]", Optional.empty()))
                .isEqualTo(verdict);
    }
}
