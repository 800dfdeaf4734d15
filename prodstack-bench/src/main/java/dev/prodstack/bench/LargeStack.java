package dev.prodstack.bench;

/**
 * Writes a large Compose file: services like those of a real stack, each with an environment, a health check, limits
 * and an update policy, in short and long forms, with variables to interpolate.
 */
final class LargeStack {
    private static final int VARIABLES_OF_A_SERVICE = 11;

    private LargeStack() {}

    /** A stack of so many services, about 2 kB each. */
    static String ofServices(int count) {
        StringBuilder text = new StringBuilder(count * 2_200);
        text.append("name: large\nservices:\n");
        for (int i = 0; i < count; i++) {
            appendService(text, i);
        }
        text.append("networks:\n  core:\n    driver: overlay\n  monitoring: {driver: overlay, attachable: true}\n");
        text.append("volumes:\n  data:\n    driver_opts: {type: nfs, o: \"addr=10.0.0.1,rw\", device: \":/data\"}\n");
        text.append("secrets:\n  password: {external: true}\n");
        text.append("configs:\n  settings: {external: true, name: settings-v7}\n");
        return text.toString();
    }

    private static void appendService(StringBuilder text, int number) {
        String name = "service-" + number;
        text.append("  ").append(name).append(":\n");
        text.append("    image: ${REGISTRY:-registry.example}/shop/")
                .append(name)
                .append(":1.4.")
                .append(number);
        text.append("\n    environment:\n");
        for (int i = 0; i < VARIABLES_OF_A_SERVICE; i++) {
            text.append("      SETTING_NUMBER_").append(i);
            text.append(
                    i % 3 == 0
                            ? ": ${SETTING_" + i + ":-the default of setting " + i + "}\n"
                            : ": a value of ordinary length, such as services have\n");
        }
        text.append("""
                    ports:
                      - "%d:8080"
                      - {target: 9090, published: "%d", protocol: tcp, mode: host}
                    networks:
                      core: {aliases: [%s-internal]}
                      monitoring:
                    volumes:
                      - data:/var/lib/service:ro
                      - {type: tmpfs, target: /run/service, tmpfs: {size: 64m}}
                    secrets: [password]
                    configs:
                      - {source: settings, target: /etc/service/settings.yml, mode: 0440}
                    healthcheck:
                      test: ["CMD", "curl", "--fail", "--silent", "http://127.0.0.1:8080/health"]
                      interval: 10s
                      timeout: 3s
                      retries: 3
                      start_period: 20s
                    logging:
                      driver: json-file
                      options: {max-size: 10m, max-file: "3"}
                    deploy:
                      replicas: ${REPLICAS:-%d}
                      resources:
                        limits: {cpus: "0.50", memory: 256M}
                        reservations: {cpus: "0.10", memory: 64M}
                      restart_policy: {condition: any, delay: 5s, max_attempts: 3, window: 120s}
                      update_config: {parallelism: 2, delay: 5s, failure_action: rollback, monitor: 60s, order: start-first}
                      rollback_config: {parallelism: 2, order: stop-first}
                      placement:
                        constraints: ["node.role == worker", "node.labels.zone != edge"]
                        preferences: [{spread: node.labels.zone}]
                """.indent(0).formatted(10_000 + number, 20_000 + number, name, 1 + number % 5));
    }
}
