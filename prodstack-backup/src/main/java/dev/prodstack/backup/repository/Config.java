package dev.prodstack.backup.repository;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.blob.DamagedException;
import dev.prodstack.backup.chunk.Polynomial;
import dev.prodstack.backup.crypto.MasterKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * What a repository is.
 *
 * @param id by chance
 * @param polynomial what its chunks are cut with
 */
public record Config(ContentId id, Polynomial polynomial) {
    static final int VERSION = 2;

    private static final ObjectMapper JSON = new ObjectMapper();

    static Config random() {
        return new Config(ContentId.read(MasterKey.random(ContentId.BYTES), 0), Polynomial.random(new SecureRandom()));
    }

    byte[] encode() {
        return JSON.createObjectNode()
                .put("version", VERSION)
                .put("id", id.toString())
                .put("chunker_polynomial", polynomial.toString())
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    static Config decode(byte[] content, String location) throws IOException {
        try {
            JsonNode json = JSON.readTree(content);
            int version = json.path("version").asInt();
            if (version != VERSION) {
                throw new IOException("The repository at " + location + " has format version " + version
                        + "; version 2 is needed. `restic migrate upgrade_repo_v2` upgrades version 1.");
            }
            return new Config(
                    ContentId.parse(json.path("id").asText()),
                    Polynomial.parse(json.path("chunker_polynomial").asText()));
        } catch (JacksonException | IllegalArgumentException e) {
            throw new DamagedException("config at " + location + " is no configuration: " + e.getMessage(), e);
        }
    }
}
