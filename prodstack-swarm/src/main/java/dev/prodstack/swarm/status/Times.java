package dev.prodstack.swarm.status;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** The engine's times, which are RFC 3339; the year 1 stands for none. */
final class Times {
    private Times() {}

    static Optional<Instant> parse(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant()).filter(time -> time.getEpochSecond() > 0);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static Instant of(JsonNode text) {
        return parse(text.asText()).orElse(Instant.EPOCH);
    }
}
