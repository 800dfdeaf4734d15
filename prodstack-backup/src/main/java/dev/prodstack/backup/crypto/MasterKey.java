package dev.prodstack.backup.crypto;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * Seals and opens bytes: {@code IV(16) || AES-256-CTR ciphertext || Poly1305-AES(16)}; restic design document, "Keys,
 * Encryption and MAC"; D. J. Bernstein, "The Poly1305-AES message-authentication code", 2005. Safe for many threads.
 */
public final class MasterKey {
    /** How many bytes longer sealed content is. */
    public static final int OVERHEAD = 32;

    private static final int IV = 16;
    private static final int MAC = 16;
    /**
     * The JDK's fast loop is entered once the method around it is compiled, which takes 5,000 calls: by small steps
     * these are over after some megabytes, and compiled code loses next to nothing by them.
     */
    private static final int STEP = 2 * 1024;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final ThreadLocal<Ciphers> CIPHERS = ThreadLocal.withInitial(Ciphers::new);

    private final byte[] encrypt;
    private final byte[] k;
    private final byte[] r;
    private final SecretKeySpec cipherKey;
    private final SecretKeySpec nonceKey;

    /**
     * Made of its parts.
     *
     * @param encrypt the 32 bytes of the cipher's key
     * @param k the 16 bytes that encrypt the nonce of the authentication code
     * @param r the 16 bytes that the code is computed with; masked as the algorithm demands
     */
    public MasterKey(byte[] encrypt, byte[] k, byte[] r) {
        if (encrypt.length != 32 || k.length != 16 || r.length != 16) {
            throw new IllegalArgumentException("expected keys of 32, 16 and 16 bytes, found " + encrypt.length + ", "
                    + k.length + " and " + r.length);
        }
        this.encrypt = encrypt.clone();
        this.k = k.clone();
        this.r = r.clone();
        Poly1305Mask.apply(this.r);
        cipherKey = new SecretKeySpec(encrypt, "AES");
        nonceKey = new SecretKeySpec(k, "AES");
    }

    /** A new one, by chance. */
    public static MasterKey random() {
        return new MasterKey(random(32), random(16), random(16));
    }

    /** Of the 64 bytes that scrypt makes of a password. */
    static MasterKey of(byte[] derived) {
        return new MasterKey(
                Arrays.copyOf(derived, 32), Arrays.copyOfRange(derived, 32, 48), Arrays.copyOfRange(derived, 48, 64));
    }

    /** The cipher's key; a secret. */
    public byte[] encrypt() {
        return encrypt.clone();
    }

    /** The key of the nonce; a secret. */
    public byte[] k() {
        return k.clone();
    }

    /** The key of the authentication code; a secret. */
    public byte[] r() {
        return r.clone();
    }

    /** Seals content under a nonce by chance. */
    public byte[] seal(byte[] plain) {
        return seal(plain, 0, plain.length);
    }

    /** Seals a part of an array. */
    public byte[] seal(byte[] plain, int offset, int length) {
        return seal(plain, offset, length, random(IV));
    }

    byte[] seal(byte[] plain, int offset, int length, byte[] iv) {
        byte[] sealed = new byte[length + OVERHEAD];
        System.arraycopy(iv, 0, sealed, 0, IV);
        Ciphers ciphers = CIPHERS.get();
        ciphers.stream(cipherKey, iv, plain, offset, length, sealed, IV);
        byte[] mac = ciphers.mac(r, nonceKey, iv, sealed, IV, length);
        System.arraycopy(mac, 0, sealed, IV + length, MAC);
        return sealed;
    }

    /** Opens what was sealed with this key. */
    public byte[] open(byte[] sealed) throws ForgedException {
        return open(sealed, 0, sealed.length);
    }

    /**
     * Opens a part of an array.
     *
     * @throws ForgedException if it was not sealed with this key, or has changed since
     */
    public byte[] open(byte[] sealed, int offset, int length) throws ForgedException {
        byte[] plain = new byte[Math.max(0, length - OVERHEAD)];
        open(sealed, offset, length, plain);
        return plain;
    }

    /**
     * Opens a part of an array into another one, from its beginning.
     *
     * @param into has room for {@code length - }{@link #OVERHEAD} bytes
     * @return how many bytes there are
     * @throws ForgedException if it was not sealed with this key, or has changed since; nothing is written then
     */
    public int open(byte[] sealed, int offset, int length, byte[] into) throws ForgedException {
        int content = length - OVERHEAD;
        if (content < 0) {
            throw new ForgedException(
                    "is only " + length + " bytes long; anything sealed has " + OVERHEAD + " or more");
        }
        byte[] iv = Arrays.copyOfRange(sealed, offset, offset + IV);
        Ciphers ciphers = CIPHERS.get();
        byte[] expected = ciphers.mac(r, nonceKey, iv, sealed, offset + IV, content);
        byte[] found = Arrays.copyOfRange(sealed, offset + IV + content, offset + length);
        if (Arrays.equals(iv, new byte[IV]) || !MessageDigest.isEqual(expected, found)) {
            throw new ForgedException("does not match its authentication code");
        }
        ciphers.stream(cipherKey, iv, sealed, offset + IV, content, into, 0);
        return content;
    }

    /** Nothing secret. */
    @Override
    public String toString() {
        return "MasterKey";
    }

    /** As many bytes by chance, fit for keys and nonces. */
    public static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** What one thread computes with. */
    private static final class Ciphers {
        private final Cipher counter;
        private final Cipher block;
        private final Poly1305 poly = new Poly1305();

        Ciphers() {
            try {
                counter = Cipher.getInstance("AES/CTR/NoPadding");
                block = Cipher.getInstance("AES/ECB/NoPadding");
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java has AES", e);
            }
        }

        void stream(SecretKeySpec key, byte[] iv, byte[] in, int inOffset, int length, byte[] out, int outOffset) {
            try {
                counter.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(iv));
                for (int done = 0; done < length; done += STEP) {
                    int step = Math.min(STEP, length - done);
                    counter.update(in, inOffset + done, step, out, outOffset + done);
                }
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("a stream cipher takes any content", e);
            }
        }

        byte[] mac(byte[] r, SecretKeySpec nonceKey, byte[] iv, byte[] content, int offset, int length) {
            byte[] key = Arrays.copyOf(r, 32);
            try {
                block.init(Cipher.ENCRYPT_MODE, nonceKey);
                block.doFinal(iv, 0, IV, key, 16);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("a block cipher takes any block", e);
            }
            poly.init(new KeyParameter(key));
            poly.update(content, offset, length);
            byte[] mac = new byte[MAC];
            poly.doFinal(mac, 0);
            return mac;
        }
    }
}
