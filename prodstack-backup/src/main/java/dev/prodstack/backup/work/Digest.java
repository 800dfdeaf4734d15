package dev.prodstack.backup.work;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A digest over the roots of trees, which are digests of all that is below them. */
final class Digest {
    private Digest() {}

    /** SHA-256 over the ids, each on a line, in lower-case hex. */
    static String of(List<String> trees) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            trees.forEach(tree -> digest.update((tree + "\n").getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
