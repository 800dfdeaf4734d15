package dev.prodstack.swarm.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A salted, slow digest of a secret's value: PBKDF2 (RFC 8018) with HMAC-SHA-512.
 *
 * <p>Its text form is {@code pbkdf2-sha512.ITERATIONS.SALT.HASH}, the last two in Base64 for URLs without padding. The
 * number of iterations is part of it, so that it can grow without older digests becoming unreadable.
 *
 * @param iterations how often the function is applied
 * @param salt 16 random bytes, as text
 * @param hash 32 bytes, as text
 */
public record SecretDigest(int iterations, String salt, String hash) {
    /** The label that holds the digest of a secret's value. */
    public static final String LABEL = "dev.prodstack.digest";

    /** What OWASP's password storage cheat sheet asks of this function since 2023. */
    private static final int ITERATIONS = 210_000;

    /** A label somebody forged must not keep us busy for hours. */
    private static final int MOST_ITERATIONS = 10_000_000;

    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;
    private static final Pattern FORM =
            Pattern.compile("pbkdf2-sha512\\.(\\d{1,8})\\.([A-Za-z0-9_-]{8,64})\\.([A-Za-z0-9_-]{16,128})");

    /** The digest of a value with a salt of its own. Takes a tenth of a second or so. */
    public static SecretDigest of(byte[] value, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(salt);
        return new SecretDigest(ITERATIONS, text, hash(value, text, ITERATIONS));
    }

    /** Reads the text form; nothing if the text is none. */
    public static Optional<SecretDigest> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int iterations = Integer.parseInt(matcher.group(1));
        return iterations < 1 || iterations > MOST_ITERATIONS
                ? Optional.empty()
                : Optional.of(new SecretDigest(iterations, matcher.group(2), matcher.group(3)));
    }

    /** Whether it is the digest of a value. Takes as long as making one. */
    public boolean matches(byte[] value) {
        return MessageDigest.isEqual(
                hash.getBytes(StandardCharsets.US_ASCII),
                hash(value, salt, iterations).getBytes(StandardCharsets.US_ASCII));
    }

    private static String hash(byte[] value, String salt, int iterations) {
        // The function takes characters; Latin-1 gives each byte one of its own.
        char[] characters = new char[value.length + 1];
        for (int i = 0; i < value.length; i++) {
            characters[i] = (char) (value[i] & 0xff);
        }
        PBEKeySpec spec = new PBEKeySpec(characters, salt.getBytes(StandardCharsets.US_ASCII), iterations, HASH_BITS);
        try {
            byte[] hash = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(spec)
                    .getEncoded();
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has PBKDF2WithHmacSHA512", e);
        } finally {
            spec.clearPassword();
            Arrays.fill(characters, ' ');
        }
    }

    @Override
    public String toString() {
        return "pbkdf2-sha512." + iterations + "." + salt + "." + hash;
    }
}
