package dev.prodstack.swarm.health;

import java.nio.file.Path;

/** Which certificates are good enough for a probe. */
public sealed interface Trust {
    /** Those of authorities that the Java platform trusts, for the name in the address. */
    record Platform() implements Trust {}

    /**
     * Those of the authorities in a file, for the name in the address.
     *
     * @param file certificates in PEM form
     */
    record Authority(Path file) implements Trust {}

    /** Any certificate: what answers may be somebody else. */
    record Anybody() implements Trust {}
}
