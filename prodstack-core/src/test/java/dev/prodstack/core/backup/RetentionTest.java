package dev.prodstack.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionTest {

    @ParameterizedTest
    @CsvSource({
        "30d,       2026-11-23T02:00Z,             2026-10-24T02:00Z",
        "1m,        2026-03-31T02:00Z,             2026-02-28T02:00Z",
        "1y,        2028-02-29T02:00Z,             2027-02-28T02:00Z",
        "1y5m7d2h,  2026-11-23T02:00Z,             2025-06-16T00:00Z",
        "1d,        2026-03-29T12:00+02:00[Europe/Berlin], 2026-03-28T12:00+01:00[Europe/Berlin]",
        "24h,       2026-03-29T12:00+02:00[Europe/Berlin], 2026-03-28T11:00+01:00[Europe/Berlin]"
    })
    void spansGoByTheCalendar(String span, String moment, String expected) {
        RetentionSpan read = RetentionSpan.parse(span);

        assertThat(read.before(ZonedDateTime.parse(moment))).isEqualTo(ZonedDateTime.parse(expected));
        assertThat(read).hasToString(span);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "d", "1d1y", "1d 2h", "-1d", "0d", "0y0h", "1w", "30D", "99999999d"})
    void refusesWhatIsNoSpan(String text) {
        assertThatThrownBy(() -> RetentionSpan.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .isIn("expected a span such as 30d, 1y6m or 2d12h", "a span must be above zero");
    }

    @Test
    void keepsSomething() {
        assertThatThrownBy(() -> new Retention(0, 0, 0, 0, 0, 0, Optional.empty(), Set.of()))
                .hasMessageStartingWith("nothing would be kept");
        assertThatThrownBy(() -> new Retention(1, -1, 0, 0, 0, 0, Optional.empty(), Set.of()))
                .hasMessage("a count is 0 or more, not -1");
        assertThat(new Retention(Retention.ALL, 0, 0, 0, 0, 0, Optional.empty(), Set.of()).last())
                .isPositive();
        assertThat(Retention.standard().within()).hasValue(new RetentionSpan(0, 0, 30, 0));
    }
}
