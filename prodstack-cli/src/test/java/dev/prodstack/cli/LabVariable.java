package dev.prodstack.cli;

import static org.assertj.core.api.Assumptions.assumeThat;

/** What {@code lab/swarm env} sets. */
public final class LabVariable {
    private LabVariable() {}

    /** A variable of the environment; tests that want it are skipped without it. */
    public static String of(String name) {
        String value = System.getenv(name);
        assumeThat(value)
                .as("needs a real engine: lab/swarm up, then eval \"$(lab/swarm env)\", which sets " + name)
                .isNotBlank();
        return String.valueOf(value);
    }
}
