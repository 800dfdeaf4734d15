package dev.prodstack.backup.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of a job's log, there and back. */
class WalNewsTest {
    private static final Instant AT = Instant.parse("2026-11-26T10:31:00.123456Z");

    @ParameterizedTest
    @EnumSource(WalNews.Kind.class)
    void newsBecomeALineAndNewsAgain(WalNews.Kind kind) {
        WalNews news = new WalNews(kind, AT, 17, "some words\nand a line");
        assertThat(news.line()).doesNotContain("\n");
        assertThat(WalNews.parse(news.line())).contains(news);
        WalNews silent = new WalNews(kind, AT, 0, "");
        assertThat(WalNews.parse(silent.line().strip())).contains(silent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "wal", "progress 1 2 3 4", "wal flown 2026-11-26T10:31:00Z 0 x", "wal gap noon 0 x"})
    void otherLinesAreNone(String line) {
        assertThat(WalNews.parse(line)).isEmpty();
    }

    @Test
    void aMomentBecomesALineAndAMomentAgain() {
        for (Moment moment : new Moment[] {
            Moment.at(AT),
            new Moment(Moment.Kind.LSN, "16/B374D848"),
            new Moment(Moment.Kind.NAME, "before the mistake")
        }) {
            assertThat(Moment.parse(moment.line())).isEqualTo(moment);
        }
        assertThatThrownBy(() -> new Moment(Moment.Kind.LSN, "16-1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Moment(Moment.Kind.NAME, " ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Moment.parse("noon")).isInstanceOf(IllegalArgumentException.class);
    }
}
