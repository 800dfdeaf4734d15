package dev.prodstack.swarm.trial;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A short word for what something is like. */
final class Fingerprint {
    private static final int LENGTH = 16;

    private Fingerprint() {}

    /** The first characters of the SHA-256 of the values as JSON, one a line. */
    static String of(JsonNode... values) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (JsonNode value : values) {
                digest.update((value + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
