package dev.prodstack.swarm.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prodstack.swarm.convergence.ServiceReading;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StallsTest {
    private long now;

    /** A task that was given to a node, and that the swarm has given up since. */
    private static ServiceReading waiting(String update, String task) throws IOException {
        ObjectMapper json = new ObjectMapper();
        JsonNode service = json.readTree("{\"UpdateStatus\": {\"State\": \"" + update + "\"}}");
        JsonNode lost = json.readTree(
                "{\"ID\": \"" + task + "\", \"DesiredState\": \"shutdown\", \"Status\": {\"State\": \"assigned\"}}");
        return new ServiceReading(service, List.of(lost), Set.of(task));
    }

    private void pass(int seconds) {
        now += TimeUnit.SECONDS.toNanos(seconds);
    }

    @Test
    void anUpdateThatWaitsForALostTaskIsFoundOnce() throws IOException {
        Stalls stalls = Stalls.ofUpdates(() -> now);

        assertThat(stalls.hasNew(waiting("updating", "a"))).isFalse();
        pass(14);
        assertThat(stalls.hasNew(waiting("updating", "a"))).isFalse();
        pass(2);
        assertThat(stalls.hasNew(waiting("updating", "a"))).isTrue();
        assertThat(stalls.hasNew(waiting("updating", "a"))).isFalse();
        assertThat(stalls.hasNew(waiting("updating", "b"))).isFalse();
        pass(16);
        assertThat(stalls.hasNew(waiting("updating", "b"))).isTrue();
    }

    @Test
    void aServiceThatGoesBackMayWaitToo() throws IOException {
        Stalls back = Stalls.ofReturns(() -> now);
        Stalls updates = Stalls.ofUpdates(() -> now);
        back.hasNew(waiting("rollback_started", "a"));
        updates.hasNew(waiting("rollback_started", "a"));
        pass(16);

        assertThat(back.hasNew(waiting("rollback_started", "a"))).isTrue();
        assertThat(updates.hasNew(waiting("rollback_started", "a")))
                .as("what the engine says of its own rollback is not to be lost")
                .isFalse();
    }
}
