package dev.prodstack.backup.repository;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.backup.blob.DamagedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * What a lock's file says. The owner is a field of ours that restic passes over.
 *
 * @param time when it was taken or last refreshed
 * @param exclusive whether nobody else may work meanwhile
 * @param hostname of the process
 * @param username of the process
 * @param pid the number of the process
 * @param owner the process, if it was one of ours
 */
record Lock(OffsetDateTime time, boolean exclusive, String hostname, String username, long pid, Optional<Owner> owner) {
    /**
     * Makes the host's name another one. Where it is its own, restic's {@code unlock} sends the process SIGHUP to see
     * whether it lives, which ends a Java program, and in containers of one name may hit another process or none.
     */
    private static final String MARK = " (prodstack)";

    private static final ObjectMapper JSON = new ObjectMapper();

    static Lock mine(boolean exclusive, OffsetDateTime now) {
        return new Lock(
                now,
                exclusive,
                Host.name() + MARK,
                System.getProperty("user.name", ""),
                ProcessHandle.current().pid(),
                Owner.mine());
    }

    byte[] encode() {
        ObjectNode json = JSON.createObjectNode()
                .put("time", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time))
                .put("exclusive", exclusive)
                .put("hostname", hostname)
                .put("username", username)
                .put("pid", pid);
        owner.ifPresent(process ->
                json.putObject("prodstack").put("space", process.space()).put("started", process.started()));
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    static Lock decode(byte[] content) throws DamagedException {
        try {
            JsonNode json = JSON.readTree(content);
            long pid = json.path("pid").asLong();
            JsonNode process = json.path("prodstack");
            return new Lock(
                    OffsetDateTime.parse(json.path("time").asText()),
                    json.path("exclusive").asBoolean(),
                    json.path("hostname").asText(""),
                    json.path("username").asText(""),
                    pid,
                    process.isObject()
                            ? Optional.of(new Owner(
                                    process.path("space").asText(""),
                                    pid,
                                    process.path("started").asLong()))
                            : Optional.empty());
        } catch (IOException | DateTimeException e) {
            throw new DamagedException("is no lock: " + e.getMessage(), e);
        }
    }

    /** Whether its owner is gone, as restic judges: not refreshed for half an hour, or no such process on this host. */
    boolean stale(OffsetDateTime now) {
        boolean here = hostname.equals(Host.name());
        return old(now) || abandoned(now) || (here && ProcessHandle.of(pid).isEmpty());
    }

    /**
     * Whether it is one of ours whose owner certainly works no more, and so may be removed unasked: the process has
     * ended, or it could not refresh its lock, upon which it stops by itself. In a container restic's test of the
     * process would take a living one for dead.
     */
    boolean abandoned(OffsetDateTime now) {
        return owner.isPresent() && (old(now) || owner.get().gone());
    }

    private boolean old(OffsetDateTime now) {
        return time.isBefore(now.minus(LockTiming.STALE));
    }

    String describe() {
        return (exclusive ? "an exclusive lock" : "a lock") + " of process " + pid + " on " + hostname + " by "
                + username + " since " + time;
    }
}
