package dev.prodstack.swarm.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.swarm.LabVariable;
import dev.prodstack.swarm.engine.Deadlines;
import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.engine.EngineFinder;
import dev.prodstack.swarm.engine.EngineRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class AuditLogTest {
    private static AuditEntry entry(String stack, int second) {
        return entry(UUID.randomUUID().toString().replace("-", ""), stack, second, "done");
    }

    private static AuditEntry entry(String id, String stack, int second, String outcome) {
        return new AuditEntry(
                id,
                Instant.ofEpochSecond(1_800_000_000L + second),
                "ann",
                "desk",
                stack,
                "deploy",
                List.of("update service " + stack + "_web", "a \"quoted\"\nline"),
                outcome,
                "");
    }

    @Test
    void anEntryIsOneLineAndComesBack() {
        AuditEntry entry = entry("shop", 1);
        String line = AuditLine.of(entry);
        assertThat(line.lines()).hasSize(1);
        assertThat(AuditLine.parse(line)).contains(entry);
        assertThat(AuditLine.parse("{\"time\":\"yesterday\"}")).isEmpty();
        assertThat(AuditLine.parse("no json")).isEmpty();
    }

    @Test
    @Tag("engine")
    @Timeout(120)
    void entriesOutliveBeingGathered() {
        String host = LabVariable.of("PRODSTACK_TEST_DOCKER_HOST");
        String stack = "audit" + System.nanoTime();
        Deadlines deadlines = new Deadlines(Duration.ofSeconds(20), Duration.ofSeconds(60));
        try (EngineClient engine = EngineClient.connect(new EngineFinder(Map.of(), Path.of("/")).at(host), deadlines)) {
            AuditLog log = new AuditLog(engine);
            List<AuditEntry> written = new ArrayList<>();
            AuditEntry killed = entry("k" + stack, stack, 0, AuditEntry.BEGUN);
            log.add(killed);
            written.add(killed);
            for (int i = 1; i < AuditLog.MOST_OBJECTS + 3; i++) {
                AuditEntry done = entry(stack, i);
                log.add(entry(done.id(), stack, i, AuditEntry.BEGUN));
                log.add(done);
                written.add(done);
            }
            assertThat(log.entries().stream().filter(entry -> entry.stack().equals(stack)))
                    .containsExactlyElementsOf(written);
            assertThat(engine.send(EngineRequest.get("configs").labelled("dev.prodstack.audit")))
                    .hasSizeLessThan(AuditLog.MOST_OBJECTS);
            AuditEntry lateEnd = entry(killed.id(), stack, 0, "failed");
            log.add(lateEnd);
            assertThat(log.entries()).contains(lateEnd).doesNotContain(killed);
        }
    }
}
