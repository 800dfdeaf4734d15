package dev.prodstack.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class MetricNamesTest {
    @Test
    void findsMetricsAndNothingElse() {
        assertThat(
                        MetricNames.in(
                                "sum by (service, code) (rate(http_requests_total{job=\"backend\", code=~\"5..\"}[5m]))"
                                        + " / on (service) group_left (team) job:latency:p99 > bool 0.5 and up == 1 or vector(0)"))
                .isEqualTo(Set.of("http_requests_total", "job:latency:p99", "up"));
    }
}
