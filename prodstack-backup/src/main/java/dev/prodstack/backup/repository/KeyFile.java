package dev.prodstack.backup.repository;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.backup.blob.DamagedException;
import dev.prodstack.backup.crypto.ForgedException;
import dev.prodstack.backup.crypto.MasterKey;
import dev.prodstack.backup.crypto.Scrypt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Optional;

/** A file of {@code keys/}: the master key, sealed with what scrypt makes of a password. */
final class KeyFile {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SALT = 64;

    private KeyFile() {}

    static byte[] encode(MasterKey master, char[] password, Scrypt cost, OffsetDateTime now) {
        byte[] salt = MasterKey.random(SALT);
        ObjectNode keys = JSON.createObjectNode();
        keys.putObject("mac").put("k", base64(master.k())).put("r", base64(master.r()));
        keys.put("encrypt", base64(master.encrypt()));
        byte[] plain = keys.toString().getBytes(StandardCharsets.UTF_8);
        ObjectNode json = JSON.createObjectNode();
        json.put("created", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(now));
        json.put("username", System.getProperty("user.name", ""));
        json.put("hostname", Host.name());
        json.put("kdf", "scrypt").put("N", cost.n()).put("r", cost.r()).put("p", cost.p());
        json.put("salt", base64(salt));
        json.put("data", base64(cost.derive(password, salt).seal(plain)));
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The master key; empty if the password is not the one of this file. */
    static Optional<MasterKey> open(byte[] content, char[] password, String name) throws DamagedException {
        try {
            JsonNode json = JSON.readTree(content);
            if (!json.path("kdf").asText().equals("scrypt")) {
                throw new DamagedException(name + " is no key file that is known: its kdf is not scrypt");
            }
            Scrypt cost = new Scrypt(
                    json.path("N").asInt(),
                    json.path("r").asInt(),
                    json.path("p").asInt());
            byte[] plain = cost.derive(password, bytes(json, "salt")).open(bytes(json, "data"));
            JsonNode keys = JSON.readTree(plain);
            return Optional.of(
                    new MasterKey(bytes(keys, "encrypt"), bytes(keys.path("mac"), "k"), bytes(keys.path("mac"), "r")));
        } catch (ForgedException e) {
            return Optional.empty();
        } catch (DamagedException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            // Without the cause: it may quote what is secret.
            throw new DamagedException(name + " is no key file: it is not the JSON it should be");
        }
    }

    private static byte[] bytes(JsonNode json, String field) {
        return Base64.getDecoder().decode(json.path(field).asText());
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
