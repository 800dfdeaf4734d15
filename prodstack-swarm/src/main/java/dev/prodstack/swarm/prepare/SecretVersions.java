package dev.prodstack.swarm.prepare;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prodstack.core.stack.Payload;
import dev.prodstack.core.stack.Secret;
import dev.prodstack.swarm.planning.Planner;
import dev.prodstack.swarm.secret.Payloads;
import dev.prodstack.swarm.secret.SecretDigest;
import dev.prodstack.swarm.secret.UnreadablePayload;
import dev.prodstack.swarm.spec.Namespace;
import dev.prodstack.swarm.state.StackState;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the version of each secret that has the value of today: one that is there, told by the digest beside it, or a
 * new one under a name of its own. Slow, as the digests are; may be asked from several threads.
 */
final class SecretVersions {
    private static final int MOST_BYTES = 500 * 1024;

    private final Namespace namespace;
    private final StackState state;
    private final ClusterObjects cluster;
    private final Payloads payloads;
    private final Remarks remarks;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, String> names = new ConcurrentHashMap<>();
    private final Map<String, String> digests = new ConcurrentHashMap<>();

    SecretVersions(Namespace namespace, StackState state, ClusterObjects cluster, Payloads payloads, Remarks remarks) {
        this.namespace = namespace;
        this.state = state;
        this.cluster = cluster;
        this.payloads = payloads;
        this.remarks = remarks;
    }

    void find(Secret secret) {
        String plain = namespace.secret(secret).name();
        if (secret.source() instanceof Payload.External) {
            Optional<String> found = cluster.external(plain);
            if (found.isEmpty()) {
                remarks.obstacle(
                        "secret " + secret.key(),
                        "the external secret " + plain + " does not exist",
                        "prodstack init-secrets creates what is missing");
            }
            names.put(secret.key(), found.orElse(plain));
        } else if (secret.source() instanceof Payload.FromDriver) {
            names.put(secret.key(), plain);
        } else {
            names.put(secret.key(), version(secret, plain));
        }
    }

    String name(Secret secret) {
        return names.getOrDefault(secret.key(), secret.key());
    }

    /** The digest to leave beside a new version; nothing where a driver has the value. */
    Optional<String> digest(String key) {
        return Optional.ofNullable(digests.get(key));
    }

    private String version(Secret secret, String plain) {
        byte[] value;
        try {
            value = payloads.read(secret.source());
        } catch (UnreadablePayload e) {
            remarks.obstacle("secret " + secret.key(), e.reason(), e.fix());
            return plain;
        }
        try {
            check(secret, value);
            return version(secret, plain, value);
        } finally {
            Arrays.fill(value, (byte) 0);
        }
    }

    private void check(Secret secret, byte[] value) {
        if (value.length == 0 || value.length > MOST_BYTES) {
            remarks.obstacle(
                    "secret " + secret.key(),
                    "its value has " + value.length + " bytes; Swarm takes 1 to " + MOST_BYTES,
                    "correct it where it comes from");
        }
        if (Payloads.isReadByOthers(secret.source())) {
            remarks.warning(
                    "secret " + secret.key(),
                    "everybody on this machine can read the file it comes from",
                    "chmod 600 the file");
        }
    }

    private String version(Secret secret, String plain, byte[] value) {
        Optional<String> same = state.secrets().values().stream()
                .filter(object -> isOf(object, secret, plain))
                .filter(object -> SecretDigest.parse(ClusterObjects.label(object, SecretDigest.LABEL))
                        .filter(digest -> digest.matches(value))
                        .isPresent())
                .max(Comparator.comparing(ClusterObjects::createdAt))
                .map(ClusterObjects::name);
        if (same.isPresent()) {
            return same.get();
        }
        digests.put(secret.key(), SecretDigest.of(value, random).toString());
        return secret.name().isPresent() ? fixed(secret, plain) : ObjectName.ofChance(plain, random);
    }

    /** A name that the file fixes leaves no room for versions. */
    private String fixed(Secret secret, String name) {
        Optional<JsonNode> there = cluster.named(name);
        if (there.isPresent()) {
            String digest = ClusterObjects.label(there.get(), SecretDigest.LABEL);
            if (SecretDigest.parse(digest).isPresent()) {
                remarks.obstacle(
                        "secret " + secret.key(),
                        "a secret " + name + " exists and has another value; Swarm cannot change secrets",
                        "leave out \"name:\", so that each version gets a name of its own, or change the name");
            } else {
                remarks.warning(
                        "secret " + secret.key(),
                        "a secret " + name + " exists that prodstack did not make; whether it has the value of today"
                                + " cannot be told, and it is used as it is",
                        "leave out \"name:\", so that each version gets a name of its own");
            }
        }
        return name;
    }

    private boolean isOf(JsonNode object, Secret secret, String plain) {
        return secret.name().isPresent()
                ? ClusterObjects.name(object).equals(plain)
                : ClusterObjects.label(object, Planner.KEY_LABEL).equals(secret.key());
    }
}
