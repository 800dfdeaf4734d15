package dev.prodstack.swarm.secret;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/** A value that nobody guesses. */
public final class RandomSecret {
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 40;

    private RandomSecret() {}

    /** 40 letters and digits, 238 bits: what passes through shells, addresses and configuration files unharmed. */
    public static byte[] generate(SecureRandom random) {
        StringBuilder value = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            value.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return value.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
