package dev.prodstack.swarm.engine;

import java.io.ByteArrayOutputStream;
import java.security.PublicKey;
import java.util.Arrays;

/**
 * Wraps a private key in its algorithm's own form (RSA's PKCS #1, SEC 1 for elliptic curves), as older openssl commands
 * write it, into PKCS #8, the only form that the Java platform reads.
 *
 * <p>PKCS #8 (RFC 5208) is version 0, the algorithm with its parameters, and the key. The algorithm is the one in the
 * public key's SubjectPublicKeyInfo (RFC 5280), whose first element it is.
 */
final class PrivateKeyInfo {
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};

    private PrivateKeyInfo() {}

    /** The key in PKCS #8. */
    static byte[] of(byte[] key, PublicKey counterpart) {
        byte[] publicKeyInfo = counterpart.getEncoded();
        int start = contentStart(publicKeyInfo, 0);
        byte[] algorithm = Arrays.copyOfRange(publicKeyInfo, start, end(publicKeyInfo, start));
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(VERSION_0);
        content.writeBytes(algorithm);
        content.writeBytes(element(OCTET_STRING, key));
        return element(SEQUENCE, content.toByteArray());
    }

    private static int contentStart(byte[] der, int at) {
        int length = der[at + 1] & 0xff;
        return at + 2 + (length < 0x80 ? 0 : length & 0x7f);
    }

    private static int end(byte[] der, int at) {
        int start = contentStart(der, at);
        int length = 0;
        if (start == at + 2) {
            length = der[at + 1];
        }
        for (int i = at + 2; i < start; i++) {
            length = (length << 8) | (der[i] & 0xff);
        }
        return start + length;
    }

    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        // DER wants the shortest form; two bytes serve up to 65,535, beyond any private key.
        if (content.length > 0xff) {
            out.write(0x82);
            out.write(content.length >> 8);
        } else if (content.length > 0x7f) {
            out.write(0x81);
        }
        out.write(content.length);
        out.writeBytes(content);
        return out.toByteArray();
    }
}
