package dev.prodstack.backup.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.backup.work.WalNews;
import dev.prodstack.backup.work.WalNews.Kind;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the metrics say after news. */
class WalStatusTest {
    private static final Instant BEGUN = Instant.parse("2026-11-26T10:00:00Z");

    private static WalNews news(Kind kind, int second, long bytes) {
        return new WalNews(kind, BEGUN.plusSeconds(second), bytes, "why");
    }

    private static String metrics(WalStatus status, int second) {
        return WalMetrics.of("shop", Optional.of(Map.of("postgres", status)), BEGUN.plusSeconds(second));
    }

    private static String line(String name, Object value) {
        return "\nprodstack_wal_" + name + "{stack=\"shop\",service=\"postgres\"} " + value + "\n";
    }

    @Test
    void whatIsStoredIsTold() {
        WalStatus status = WalStatus.since(BEGUN);
        assertThat(metrics(status, 90)).as("nothing was stored yet").contains(line("age_seconds", 90));

        status = status.after(news(Kind.STORED, 50, 1000)).after(news(Kind.STORED, 55, 24));
        assertThat(metrics(status, 60)).contains(line("age_seconds", 5), line("stored_bytes_total", 1024));
        status = status.after(news(Kind.CURRENT, 80, 0)).after(news(Kind.STORED, 70, 0));
        assertThat(metrics(status, 81)).contains(line("age_seconds", 1), line("gaps_total", 0));
    }

    @Test
    void aGapIsCountedAndABaseBackupDueUntilThereIsOne() {
        WalStatus status = WalStatus.since(BEGUN)
                .after(news(Kind.TROUBLE, 1, 0))
                .after(news(Kind.GAP, 2, 0))
                .after(news(Kind.BASE_DUE, 10, 0))
                .after(news(Kind.BASE_DUE, 40, 0));
        assertThat(status.baseDue()).isEqualTo("why");
        assertThat(metrics(status, 70))
                .contains(line("gaps_total", 1), line("troubles_total", 1), line("base_due_seconds", 60));
        assertThat(metrics(status.afterBase(), 70)).contains(line("base_due_seconds", 0), line("bases_total", 1));
        assertThat(metrics(status.after(news(Kind.BASE_FINE, 60, 0)), 70)).contains(line("base_due_seconds", 0));
    }

    @Test
    void whoDoesNotActSaysThatAlone() {
        assertThat(WalMetrics.of("shop", Optional.empty(), BEGUN))
                .contains("prodstack_wal_leader{stack=\"shop\"} 0")
                .doesNotContain("age");
    }
}
