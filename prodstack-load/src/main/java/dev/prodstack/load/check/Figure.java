package dev.prodstack.load.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Objects;
import java.util.Optional;

/**
 * What was measured.
 *
 * @param measured how much, in the unit of the check
 * @param failures how many requests, transactions or connections failed
 * @param detail more about it, for people
 */
public record Figure(double measured, long failures, String detail) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MARK = "figure";

    /** Checks that nothing is missing. */
    public Figure {
        Objects.requireNonNull(detail, "detail");
    }

    /** Whether it is what was promised, with nothing failed. */
    public boolean holds(double promise) {
        return measured >= promise && failures == 0;
    }

    /** As a job prints it, on one line. */
    public String json() {
        return JSON.createObjectNode()
                .put(MARK, measured)
                .put("failures", failures)
                .put("detail", detail)
                .toString();
    }

    /** Reads what {@link #json} wrote; nothing if the line is something else. */
    public static Optional<Figure> of(String line) {
        try {
            JsonNode tree = JSON.readTree(line);
            return tree.path(MARK).isNumber()
                    ? Optional.of(new Figure(
                            tree.path(MARK).asDouble(),
                            tree.path("failures").asLong(),
                            tree.path("detail").asText()))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
