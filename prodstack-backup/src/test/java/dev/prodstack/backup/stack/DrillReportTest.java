package dev.prodstack.backup.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrillReportTest {
    private static final Instant BEGUN = Instant.parse("2026-11-01T04:00:00Z");

    private static DrillReport report(String problem, DrillReport.Check... checks) {
        return new DrillReport(
                "shop",
                "20261101T020000Z-1a2b",
                BEGUN.minusSeconds(7200),
                BEGUN,
                Duration.ofMillis(90_500),
                Duration.ofMillis(20_000),
                problem.isEmpty() ? Duration.ofMillis(40_250) : Duration.ZERO,
                12_345,
                List.of(checks),
                problem);
    }

    private static DrillReport.Check check(String name, String problem) {
        return new DrillReport.Check(name, problem, problem.isEmpty() ? "tables 2" : "", Duration.ofMillis(1500));
    }

    @Test
    void recoveryTimeIsFromNothingToHealthyAndThePointIsTheAgeOfWhatWasRestored() {
        DrillReport report = report("", check("postgres postgres", ""));

        assertThat(report.good()).isTrue();
        assertThat(report.recoveryTime()).isEqualTo(Duration.ofMillis(60_250));
        assertThat(report.recoveryPoint()).isEqualTo(Duration.ofHours(2));
        assertThat(report("it broke").recoveryTime()).isZero();
    }

    @Test
    void oneBadCheckIsEnoughNotToBeGood() {
        assertThat(report("", check("a", ""), check("b", "1 thing differs")).good())
                .isFalse();
        assertThat(report("interrupted", check("a", "")).good()).isFalse();
    }

    @Test
    void theClusterKeepsTheLastOnesAsTheyWere() {
        MemoryStore store = new MemoryStore();
        DrillReport good = report("", check("postgres postgres", ""));
        DrillReport bad = report("it broke", check("a", "x".repeat(900)));
        DrillHistory.add(store, good);
        assertThat(DrillHistory.read(store, "shop")).containsExactly(good);
        for (int i = 0; i < 300; i++) {
            DrillHistory.add(store, bad);
        }

        List<DrillReport> kept = DrillHistory.read(store, "shop");
        assertThat(kept).hasSize(24).containsOnly(bad);
        assertThat(DrillHistory.read(store, "other")).isEmpty();
    }

    @Test
    void metricsTellOfTheLastOneAndOfTheLastThatWasGood() {
        assertThat(DrillMetrics.of("shop", List.of())).isEmpty();
        assertThat(DrillMetrics.of("shop", List.of(report(""), report("", check("a", "b")))))
                .contains(
                        "prodstack_drill_last_success{stack=\"shop\"} 0\n",
                        "prodstack_drill_last_failed_checks{stack=\"shop\"} 1\n",
                        "prodstack_drill_last_success_timestamp_seconds{stack=\"shop\"} 1793505600\n",
                        "prodstack_drill_rto_seconds{stack=\"shop\"} 60.3\n",
                        "prodstack_drill_rpo_seconds{stack=\"shop\"} 7200.0\n");
    }

    @Test
    void thePageHasWhatWasFoundAndNothingThatABrowserWouldRun() {
        String page = DrillPage.of("shop", List.of(report("", check("<b>", "x < y"))), BEGUN);

        assertThat(page).contains("&lt;b&gt;", "x &lt; y", "60.3 s", "7200.0 s").doesNotContain("<b>", "http");
    }
}
