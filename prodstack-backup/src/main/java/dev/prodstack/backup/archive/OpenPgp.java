package dev.prodstack.backup.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.Date;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPEncryptedDataGenerator;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPLiteralData;
import org.bouncycastle.openpgp.PGPLiteralDataGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPBEKeyEncryptionMethodGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPGPDataEncryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;

/**
 * Encryption with a password, with AES-256 and a check against changes, as {@code gpg --decrypt} opens it; RFC 4880.
 */
final class OpenPgp {
    /** The octet that asks for the most rounds of hashing a password, 65 million bytes; RFC 4880, 3.7.1.3. */
    private static final int MOST_ROUNDS = 0xff;

    private static final int BUFFER = 64 * 1024;

    private OpenPgp() {}

    @SuppressWarnings("JavaUtilDate") // what the library takes
    static OutputStream encrypt(OutputStream out, char[] password) throws IOException {
        try {
            PGPEncryptedDataGenerator encryption =
                    new PGPEncryptedDataGenerator(new BcPGPDataEncryptorBuilder(SymmetricKeyAlgorithmTags.AES_256)
                            .setWithIntegrityPacket(true)
                            .setSecureRandom(new SecureRandom()));
            encryption.addMethod(new BcPBEKeyEncryptionMethodGenerator(
                    password, new BcPGPDigestCalculatorProvider().get(HashAlgorithmTags.SHA256), MOST_ROUNDS));
            OutputStream encrypted = encryption.open(out, new byte[BUFFER]);
            PGPLiteralDataGenerator literal = new PGPLiteralDataGenerator();
            OutputStream plain = literal.open(encrypted, PGPLiteralData.BINARY, "", new Date(0), new byte[BUFFER]);
            return new Closing(plain, encrypted, out);
        } catch (PGPException e) {
            throw new IOException("The archive cannot be encrypted: " + e.getMessage(), e);
        }
    }

    /** Each of the packets inside each other has its own end. */
    private static final class Closing extends OutputStream {
        private final OutputStream plain;
        private final OutputStream encrypted;
        private final OutputStream out;

        Closing(OutputStream plain, OutputStream encrypted, OutputStream out) {
            this.plain = plain;
            this.encrypted = encrypted;
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            plain.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            plain.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            plain.close();
            encrypted.close();
            out.close();
        }
    }
}
