package dev.prodstack.swarm.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretDigestTest {
    private static final byte[] VALUE = {'s', 0, (byte) 0xff, 'x'};

    @Test
    void recognisesItsValueAndNoOther() {
        SecretDigest digest = SecretDigest.of(VALUE, new SecureRandom());

        assertThat(digest.matches(VALUE)).isTrue();
        assertThat(digest.matches(new byte[] {'s', 0, (byte) 0xfe, 'x'})).isFalse();
        assertThat(digest.matches(new byte[] {'s', 0, (byte) 0xff})).isFalse();
        assertThat(SecretDigest.parse(digest.toString())).contains(digest);
    }

    @Test
    void twoDigestsOfOneValueHaveNothingInCommon() {
        SecretDigest one = SecretDigest.of(VALUE, new SecureRandom());
        SecretDigest other = SecretDigest.of(VALUE, new SecureRandom());

        assertThat(one.salt()).isNotEqualTo(other.salt());
        assertThat(one.hash()).isNotEqualTo(other.hash());
    }

    /** Computed with Python: hashlib.pbkdf2_hmac("sha512", b"hunter2\0", b"c2FsdHNhbHQ", 1000, 32). */
    @Test
    void isThePbkdf2OfTheRfc() {
        SecretDigest digest = SecretDigest.parse(
                        "pbkdf2-sha512.1000.c2FsdHNhbHQ.CHgJbLITz5saDmHZWcdZAihkIqgYzQ_t2OZa9qKGcsI")
                .orElseThrow();

        assertThat(digest.matches("hunter2".getBytes(StandardCharsets.UTF_8))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hunter2",
                "pbkdf2-sha512.0.c2FsdHNhbHQ.AAAAAAAAAAAAAAAAAAAAAA",
                "pbkdf2-sha512.99999999.c2FsdHNhbHQ.AAAAAAAAAAAAAAAAAAAAAA",
                "pbkdf2-sha512.1000.c2FsdHNhbHQ",
                "scrypt.1000.c2FsdHNhbHQ.AAAAAAAAAAAAAAAAAAAAAA",
            })
    void otherTextIsNoDigest(String text) {
        assertThat(SecretDigest.parse(text)).isEmpty();
    }
}
