package dev.prodstack.backup.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.pack.Compression;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Published values of each primitive, through the classes that the repository uses. */
class VectorsTest {
    private static final HexFormat HEX = HexFormat.of();

    /** RFC 7914, section 12. */
    @ParameterizedTest
    @CsvSource({
        "'', '', 16, 1, 1, 77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
                + "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906",
        "password, NaCl, 1024, 8, 16, fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
                + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640",
        "pleaseletmein, SodiumChloride, 16384, 8, 1, 7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
                + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"
    })
    void scrypt(String password, String salt, int n, int r, int p, String derived) {
        byte[] expected = HEX.parseHex(derived);
        byte[] mask = Arrays.copyOfRange(expected, 48, 64);
        Poly1305Mask.apply(mask);
        MasterKey key = new Scrypt(n, r, p).derive(password.toCharArray(), salt.getBytes(StandardCharsets.US_ASCII));
        assertThat(key.encrypt()).isEqualTo(Arrays.copyOf(expected, 32));
        assertThat(key.k()).isEqualTo(Arrays.copyOfRange(expected, 32, 48));
        assertThat(key.r()).isEqualTo(mask);
    }

    /** D. J. Bernstein, "The Poly1305-AES message-authentication code", appendix B: message, r, k, nonce, code. */
    @ParameterizedTest
    @CsvSource({
        "f3f6, 851fc40c3467ac0be05cc20404f3f700, ec074c835580741701425b623235add6,"
                + "fb447350c4e868c52ac3275cf9d4327e, f4c633c3044fc145f84f335cb81953de",
        "'', a0f3080000f46400d0c7e9076c834403, 75deaa25c09f208e1dc4ce6b5cad3fbf,"
                + "61ee09218d29b0aaed7e154a2c5509cc, dd3fab2251f11ac759f0887129cc2ee7",
        "663cea190ffb83d89593f3f476b6bc24d7e679107ea26adb8caf6652d0656136, 48443d0bb0d21109c89a100b5ce2c208,"
                + "6acb5f61a7176dd320c5c1eb2edcdc74, ae212a55399729595dea458bc621ff0e,"
                + "0ee1c16bb73f0f4fd19881753c01cdbe"
    })
    void poly1305Aes(String message, String r, String k, String nonce, String code) throws ForgedException {
        MasterKey key = new MasterKey(new byte[32], HEX.parseHex(k), HEX.parseHex(r));
        byte[] sealed = HEX.parseHex(nonce + message + code);
        assertThat(key.open(sealed)).hasSize(message.length() / 2);
        for (int i = 0; i < sealed.length; i++) {
            byte[] forged = sealed.clone();
            forged[i] ^= 1;
            assertThatThrownBy(() -> key.open(forged)).as("byte %d", i).isInstanceOf(ForgedException.class);
        }
    }

    /** NIST SP 800-38A, F.5.5. */
    @Test
    void aes256Ctr() throws ForgedException {
        byte[] plain = HEX.parseHex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
                + "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710");
        byte[] counter = HEX.parseHex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");
        MasterKey key = new MasterKey(
                HEX.parseHex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"),
                new byte[16],
                new byte[16]);
        byte[] sealed = key.seal(plain, 0, plain.length, counter);
        assertThat(Arrays.copyOfRange(sealed, 16, 16 + plain.length))
                .isEqualTo(HEX.parseHex("601ec313775789a5b7a7f504bbf3d228f443e3ca4d62b59aca84e990cacaf5c5"
                        + "2b0930daa23de94ce87017ba2d84988ddfc9c58db67aada613c2dd08457941a6"));
        assertThat(key.open(sealed)).isEqualTo(plain);
    }

    /** NIST, examples of FIPS 180. */
    @ParameterizedTest
    @CsvSource({
        "'', e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "abc, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq,"
                + "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    })
    void sha256(String message, String digest) {
        assertThat(ContentId.of(message.getBytes(StandardCharsets.US_ASCII))).hasToString(digest);
    }

    /** RFC 8878, section 3.1.1: frames of one raw block, and of one that repeats a byte. */
    @Test
    void zstdFrames() throws Exception {
        byte[] raw = HEX.parseHex("28b52ffd" + "20" + "05" + "290000" + "68656c6c6f");
        assertThat(Compression.decompress(raw, 5)).isEqualTo("hello".getBytes(StandardCharsets.US_ASCII));
        byte[] repeated = HEX.parseHex("28b52ffd" + "20" + "c8" + "430600" + "61");
        assertThat(Compression.decompress(repeated, 200))
                .isEqualTo("a".repeat(200).getBytes(StandardCharsets.US_ASCII));
        byte[] ours = Compression.AUTO.compress(repeated, 0, repeated.length);
        assertThat(HEX.formatHex(ours)).startsWith("28b52ffd");
        assertThat(Compression.decompressAtMost(ours, 0, 100)).isEqualTo(repeated);
    }
}
