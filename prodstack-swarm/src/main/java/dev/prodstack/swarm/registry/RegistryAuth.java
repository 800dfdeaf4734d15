package dev.prodstack.swarm.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A login at a registry. Its text form keeps the secret to itself. */
public sealed interface RegistryAuth {
    /** The header in which an engine takes it. */
    String HEADER = "X-Registry-Auth";

    /** The registry, as {@code docker login} writes it. */
    String server();

    /**
     * A name and a password, or an access token in place of one.
     *
     * @param server the registry
     * @param user the name
     * @param password the secret
     */
    record Password(String server, String user, String password) implements RegistryAuth {
        @Override
        public String toString() {
            return user + " at " + server;
        }
    }

    /**
     * A token that the registry's authorization service gave out for the login.
     *
     * @param server the registry
     * @param token the secret
     */
    record IdentityToken(String server, String token) implements RegistryAuth {
        @Override
        public String toString() {
            return "a token at " + server;
        }
    }

    /** The header's value: JSON in base64 of the URL-safe alphabet. */
    default String header() {
        ObjectNode fields = new ObjectMapper().createObjectNode();
        if (this instanceof Password login) {
            fields.put("username", login.user()).put("password", login.password());
        } else if (this instanceof IdentityToken login) {
            fields.put("identitytoken", login.token());
        }
        fields.put("serveraddress", server());
        try {
            String json = new ObjectMapper().writeValueAsString(fields);
            return Base64.getUrlEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always writable", e);
        }
    }
}
