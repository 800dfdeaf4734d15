package dev.prodstack.core.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The largest numbers that can be read do not overflow. */
final class ExtremesTest {
    @TempDir
    Path directory;

    @Test
    void theLargestNumbersAreFindingsNotFailures() {
        assertThat(Stacks.rules("""
                services:
                  web:
                    image: postgres:17
                    volumes: [data:/data]
                    healthcheck:
                      {test: check, interval: 2562047h, timeout: 2562047h, start_period: 2562047h, retries: 2147483647}
                    deploy:
                      replicas: 2147483647
                      placement: {max_replicas_per_node: 9223372036854775807, constraints: [node.id == x1]}
                      update_config:
                        {delay: 2562047h, monitor: 2562046h, order: start-first, parallelism: 1, max_failure_ratio: 1}
                      resources:
                        limits: {memory: 8191P, cpus: "999999999"}
                        reservations: {memory: 8191P, cpus: "999999999"}
                volumes: {data: {}}
                """, directory))
                .contains(
                        "monitor-too-short",
                        "health-check-too-slow",
                        "update-too-slow",
                        "failure-ratio",
                        "network-too-small",
                        "start-first-max-replicas")
                .doesNotContain("replicas-do-not-fit", "reservation-above-limit");
    }

    @Test
    void noReplicasAreNoFailureEither() {
        assertThat(Stacks.rules("""
                services:
                  web:
                    image: shop/web:1.4.2
                    deploy:
                      replicas: 0
                      placement: {max_replicas_per_node: 1}
                      update_config: {delay: 2562047h, order: start-first, parallelism: 0, max_failure_ratio: 0.5}
                """, directory))
                .doesNotContain("update-too-slow", "failure-ratio", "network-too-small", "start-first-max-replicas");
    }
}
