package dev.prodstack.swarm.planning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.core.scaling.ReplicaRange;
import dev.prodstack.swarm.plan.ReplicaChoice;
import dev.prodstack.swarm.spec.Suspension;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whose word counts for a number of replicas. An autoscaled service keeps what it has, within the bounds. Any other has
 * a label that remembers the file's number: if that has not changed since, whoever scaled the service meant it.
 */
final class Replicas {
    private static final String LABEL = "dev.prodstack.replicas";
    private static final String BOUNDS_LABEL = "dev.prodstack.autoscale";
    private static final Pattern BOUNDS = Pattern.compile("(\\d{1,6})-(\\d{1,6})");

    private Replicas() {}

    /** The number in a specification, 1 where it says none; nothing where the mode has no such number. */
    static Optional<Long> count(JsonNode spec) {
        JsonNode mode = spec.path("Mode");
        if (mode.has("Global") || mode.has("GlobalJob") || mode.has("ReplicatedJob")) {
            return Optional.empty();
        }
        return Optional.of(mode.path("Replicated").path("Replicas").asLong(1));
    }

    /** The number that a service has, or had before a backup stopped it. */
    private static Optional<Long> live(JsonNode there) {
        return Suspension.of(there).map(its -> (long) its.replicas()).or(() -> count(there));
    }

    static void set(ObjectNode spec, long replicas) {
        spec.withObject("/Mode/Replicated").put("Replicas", replicas);
    }

    /** Leaves the file's number and bounds in labels, which do not concern tasks. */
    static void remember(ObjectNode spec, Optional<ReplicaRange> autoscaled) {
        count(spec).ifPresent(replicas -> spec.withObject("/Labels").put(LABEL, Long.toString(replicas)));
        autoscaled.ifPresent(bounds -> spec.withObject("/Labels").put(BOUNDS_LABEL, bounds.toString()));
    }

    /** The bounds that a deployed specification remembers. */
    static Optional<ReplicaRange> bounds(JsonNode spec) {
        Matcher matcher = BOUNDS.matcher(spec.path("Labels").path(BOUNDS_LABEL).asText());
        return matcher.matches()
                ? Optional.of(new ReplicaRange(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    /** Chooses the number and puts it in the wished specification. */
    static ReplicaChoice choose(ObjectNode wished, JsonNode there, Optional<ReplicaRange> autoscaled) {
        Optional<Long> written = count(wished);
        Optional<Long> live = live(there);
        remember(wished, autoscaled);
        if (written.isEmpty() || live.isEmpty()) {
            return ReplicaChoice.AsWritten.AS_WRITTEN;
        }
        if (autoscaled.isPresent()) {
            ReplicaRange bounds = autoscaled.get();
            long kept = bounds.clamp(live.get().intValue());
            set(wished, kept);
            return new ReplicaChoice.Autoscaled(kept, bounds.min(), bounds.max());
        }
        boolean same = there.path("Labels").path(LABEL).asText().equals(Long.toString(written.get()));
        if (same && !live.get().equals(written.get())) {
            set(wished, live.get());
            return new ReplicaChoice.Scaled(live.get(), written.get());
        }
        return ReplicaChoice.AsWritten.AS_WRITTEN;
    }
}
