package dev.prodstack.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prodstack.backup.work.Moment;
import dev.prodstack.cli.outcome.Failure;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The moments that people write. */
class MomentOptionsTest {
    private static Optional<Moment> moment(String... words) {
        return CommandLine.populateCommand(new MomentOptions(), words).moment();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-26 10:31,            2026-11-26T10:31:00Z",
        "2026-11-26T10:31:05.25,      2026-11-26T10:31:05.250Z",
        "2026-11-26T10:31:00Z,        2026-11-26T10:31:00Z",
        "2026-11-26 10:31:00Z,        2026-11-26T10:31:00Z",
        "2026-11-26T10:31+01:00,      2026-11-26T09:31:00Z",
        "2026-11-26 10:31:00-0530,    2026-11-26T16:01:00Z",
        "2026-11-26 10:31:00.123456+02, 2026-11-26T08:31:00.123456Z"
    })
    void timesAreReadInUtcUnlessTheySayWhere(String text, Instant time) {
        assertThat(moment("--to-time", text)).contains(Moment.at(time));
    }

    @ParameterizedTest
    @ValueSource(strings = {"noon", "2026-11-26", "10:31", "2026-13-01 10:31", ""})
    void whatIsNoTimeIsRefused(String text) {
        assertThatThrownBy(() -> moment("--to-time", text))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("--to-time cannot be");
    }

    @Test
    void placesAndNamesAreMomentsAndOneIsEnough() {
        assertThat(moment()).isEmpty();
        assertThat(moment("--to-lsn", "16/B374D848")).contains(new Moment(Moment.Kind.LSN, "16/B374D848"));
        assertThat(moment("--to-name", "before the import"))
                .contains(new Moment(Moment.Kind.NAME, "before the import"));
        assertThatThrownBy(() -> moment("--to-lsn", "16-1")).isInstanceOf(Failure.class);
        assertThatThrownBy(() -> moment("--to-lsn", "16/1", "--to-name", "x"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("more than one moment");
    }
}
