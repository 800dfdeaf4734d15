package dev.prodstack.swarm.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.core.value.Data;
import dev.prodstack.swarm.LabVariable;
import dev.prodstack.swarm.engine.Deadlines;
import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.engine.EngineFinder;
import dev.prodstack.swarm.release.Release;
import dev.prodstack.swarm.release.Release.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Releases as configs of a real engine. */
@Tag("engine")
@Timeout(120)
class ReleaseHistoryTest {
    private EngineClient engine;
    private ReleaseHistory history;

    @BeforeEach
    void begin() {
        String host = LabVariable.of("PRODSTACK_TEST_DOCKER_HOST");
        engine = EngineClient.connect(
                new EngineFinder(Map.of(), Path.of("/nonexistent")).at(host),
                new Deadlines(Duration.ofSeconds(10), Duration.ofSeconds(30)));
        history = new ReleaseHistory(engine, "t" + Long.toString(System.nanoTime(), 36));
    }

    @AfterEach
    void end() {
        if (engine != null) {
            history.forgetAll();
            engine.close();
        }
    }

    private static Data text(int bytes) {
        StringBuilder text = new StringBuilder();
        new Random(7).ints(bytes, '!', '~').forEach(letter -> text.append((char) letter));
        return Data.of(Map.of("text", Data.of(text.toString())));
    }

    @Test
    void whatIsTooLargeForOneConfigIsSplit() {
        Data large = text(3 * ReleaseHistory.PART_BYTES);

        Release release = history.begin("anna@laptop", "deploy", large);

        assertThat(ReleaseHistory.tooLarge(large)).isEmpty();
        assertThat(release.content().equals(large)).isTrue();
        assertThat(release.outcome()).isEqualTo(Outcome.RUNNING);
        assertThat(ReleaseHistory.tooLarge(text(7 * ReleaseHistory.PART_BYTES)))
                .hasValueSatisfying(message -> assertThat(message).contains("the cluster keeps at most 5 configs"));
    }

    @Test
    void theLastOneThatWasDoneIsNeverForgotten() {
        for (int number = 1; number <= 5; number++) {
            Release release = history.begin("anna@laptop", "deploy", text(10));
            history.end(release, number == 2 ? Outcome.DONE : Outcome.ROLLED_BACK, "two\nlines");
        }

        history.forget(2);

        List<Release> kept = history.list();
        assertThat(kept).extracting(Release::number).containsExactly(2, 4, 5);
        assertThat(kept).extracting(Release::message).containsOnly("two lines");
        assertThat(history.begin("ben@desk", "rollback to 2", text(10)).number())
                .isEqualTo(6);
    }
}
