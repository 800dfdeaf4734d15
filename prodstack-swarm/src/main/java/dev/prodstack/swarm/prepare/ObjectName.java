package dev.prodstack.swarm.prepare;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Names of versions: the base name, a hyphen, and what tells the version apart, within the engine's 64 characters. */
final class ObjectName {
    private static final int MOST = 64;
    private static final int HASH_DIGITS = 10;
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int RANDOM_LETTERS = 8;

    private ObjectName() {}

    /** A name that follows from the content and whatever else cannot be changed later. */
    static String ofContent(String base, byte[]... parts) {
        MessageDigest digest = sha256();
        digest.update(base.getBytes(StandardCharsets.UTF_8));
        for (byte[] part : parts) {
            digest.update((byte) 0);
            digest.update(part);
        }
        return joined(base, HexFormat.of().formatHex(digest.digest()).substring(0, HASH_DIGITS));
    }

    /** A name that says nothing about the content. */
    static String ofChance(String base, SecureRandom random) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < RANDOM_LETTERS; i++) {
            letters.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return joined(base, letters.toString());
    }

    private static String joined(String base, String end) {
        int most = MOST - end.length() - 1;
        String beginning =
                base.length() <= most ? base : base.substring(0, most).replaceFirst("[-_.]+$", "");
        return beginning + "-" + end;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
