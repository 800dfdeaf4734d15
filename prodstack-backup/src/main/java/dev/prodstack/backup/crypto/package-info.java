/**
 * Sealing and opening with a repository's master key: AES-256-CTR with Poly1305-AES, and scrypt for passwords; restic
 * design document, "Keys, Encryption and MAC". The JDK has the cipher, BouncyCastle scrypt and Poly1305.
 */
@NullMarked
package dev.prodstack.backup.crypto;

import org.jspecify.annotations.NullMarked;
