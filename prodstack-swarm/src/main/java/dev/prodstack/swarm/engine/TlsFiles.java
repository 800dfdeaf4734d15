package dev.prodstack.swarm.engine;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The PEM files that prove an engine to us and us to an engine.
 *
 * @param authority the certificates that the engine's is to be signed by; those of the Java platform where absent
 * @param identity our own certificate and key; absent where the engine asks for none
 */
public record TlsFiles(Optional<Path> authority, Optional<Identity> identity) {
    /** No files: the engine's certificate is signed by an authority that the Java platform trusts. */
    public static final TlsFiles NONE = new TlsFiles(Optional.empty(), Optional.empty());

    /**
     * A certificate with its key.
     *
     * @param certificate the certificate, followed by those that lead to its authority
     * @param key the private key, not encrypted
     */
    public record Identity(Path certificate, Path key) {}
}
