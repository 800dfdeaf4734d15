package dev.prodstack.load.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the programs of Debian 13 printed. */
class OutputTest {
    private static final String WRK = """
            Running 10s test @ https://10.0.1.7:443/
              1 threads and 16 connections
              Thread Stats   Avg      Stdev     Max   +/- Stdev
                Latency     9.27ms   13.27ms 151.29ms   90.46%
                Req/Sec     2.51k   405.71     3.37k    72.00%
              Latency Distribution
                 50%    5.61ms
                 75%    6.95ms
                 90%   18.41ms
                 99%   68.51ms
              25022 requests in 10.02s, 116.42MB read
            """;

    private static final String PGBENCH = """
            pgbench (17.6 (Debian 17.6-0+deb13u1))
            transaction type: <builtin: simple update>
            scaling factor: 2
            query mode: simple
            number of clients: 200
            number of threads: 2
            maximum number of tries: 1
            duration: 10 s
            number of transactions actually processed: 7631
            number of failed transactions: 3 (0.039%)
            latency average = 258.817 ms
            initial connection time = 2391.270 ms
            tps = 772.747153 (without initial connection time)
            """;

    @Test
    void readsRequestsOfWrk() {
        WrkOutput output = WrkOutput.of(WRK + "Requests/sec:   2497.20\nTransfer/sec:     11.62MB\n");

        assertThat(output).isEqualTo(new WrkOutput(25_022, 10.02, 0, 0, "68.51ms"));
        assertThat(output.rate()).isEqualTo(2497.2, within(0.1));
        assertThat(output.failures()).isZero();
    }

    @Test
    void countsWhatWentWrongForWrkAndTakesItForNoGoodAnswer() {
        WrkOutput output = WrkOutput.of(WRK
                + "  Socket errors: connect 1, read 20, write 300, timeout 4000\n"
                + "  Non-2xx or 3xx responses: 5022\nRequests/sec:   2497.20\n");

        assertThat(output.broken()).isEqualTo(4321);
        assertThat(output.refused()).isEqualTo(5022);
        assertThat(output.rate()).isEqualTo(1996, within(0.1));
        assertThat(output.failures()).isEqualTo(9343);
    }

    @Test
    void readsTimesOfWrkInAnyUnit() {
        assertThat(WrkOutput.of("  600 requests in 2.00m, 1.00MB read\n").rate())
                .isEqualTo(5);
        assertThat(WrkOutput.of("  600 requests in 500.00ms, 1.00MB read\n").rate())
                .isEqualTo(1200);
    }

    @Test
    void readsTheRateOfRedisBenchmark() {
        assertThat(RedisOutput.rate("""
                        "test","rps","avg_latency_ms","min_latency_ms","p50_latency_ms","p95_latency_ms","p99_latency_ms","max_latency_ms"
                        "SET prodstack:loadcheck:x:__rand_int__ 0123456789abcdef EX 120","31250.00","1.201","0.216","1.031","2.511","4.183","6.447"
                        """)).isEqualTo(31_250);
        // Some versions name no columns.
        assertThat(RedisOutput.rate("\"GET a\",\"1234.5\"\n")).isEqualTo(1234.5);
    }

    @Test
    void readsTransactionsOfPgbench() {
        assertThat(PgbenchOutput.of(PGBENCH)).isEqualTo(new PgbenchOutput(7631, 3, 772.747153));
    }

    @Test
    void whoCommitsNothingInTimeHasNoRate() {
        assertThat(PgbenchOutput.of("""
                        number of transactions actually processed: 0
                        number of failed transactions: 0 (NaN%)
                        """)).isEqualTo(new PgbenchOutput(0, 0, 0));
    }

    @Test
    void countsClientsThatDidWork() {
        assertThat(PgbenchOutput.clients(Stream.of(
                        "0 1 5131 0 1764205201 218132",
                        "1 1 6011 0 1764205201 219001",
                        "0 2 5001 0 1764205201 223001",
                        "7 1 failed 0 1764205201 223002")))
                .isEqualTo(2);
    }

    @Test
    void whatSaysNothingIsShown() {
        assertThatThrownBy(() -> WrkOutput.of("unable to connect\n")).hasMessageContaining("unable to connect");
        assertThatThrownBy(() -> RedisOutput.rate("\"test\",\"rps\"\n")).hasMessageContaining("redis-benchmark");
        assertThatThrownBy(() -> PgbenchOutput.of("pgbench: error: x")).hasMessageContaining("pgbench: error: x");
    }
}
