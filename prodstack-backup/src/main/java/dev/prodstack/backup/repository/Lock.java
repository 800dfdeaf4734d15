package dev.prodstack.backup.repository;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prodstack.backup.blob.DamagedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;

/** What a lock's file says. */
record Lock(OffsetDateTime time, boolean exclusive, String hostname, String username, long pid) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Lock mine(boolean exclusive, OffsetDateTime now) {
        return new Lock(
                now,
                exclusive,
                Host.name(),
                System.getProperty("user.name", ""),
                ProcessHandle.current().pid());
    }

    byte[] encode() {
        return JSON.createObjectNode()
                .put("time", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time))
                .put("exclusive", exclusive)
                .put("hostname", hostname)
                .put("username", username)
                .put("pid", pid)
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    static Lock decode(byte[] content) throws DamagedException {
        try {
            JsonNode json = JSON.readTree(content);
            return new Lock(
                    OffsetDateTime.parse(json.path("time").asText()),
                    json.path("exclusive").asBoolean(),
                    json.path("hostname").asText(""),
                    json.path("username").asText(""),
                    json.path("pid").asLong());
        } catch (IOException | DateTimeException e) {
            throw new DamagedException("is no lock: " + e.getMessage(), e);
        }
    }

    /** Whether its owner is gone: not refreshed for half an hour, or no such process on this host. */
    boolean stale(OffsetDateTime now) {
        boolean here = hostname.equals(Host.name());
        return time.isBefore(now.minusMinutes(30))
                || (here && ProcessHandle.of(pid).isEmpty());
    }

    String describe() {
        return (exclusive ? "an exclusive lock" : "a lock") + " of process " + pid + " on " + hostname + " by "
                + username + " since " + time;
    }
}
