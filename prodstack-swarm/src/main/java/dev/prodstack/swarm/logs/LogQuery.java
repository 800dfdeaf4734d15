package dev.prodstack.swarm.logs;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Which log lines are wanted.
 *
 * @param services the names of services in the stack; none for all of them
 * @param extent whether to wait for more
 * @param since the time before which lines are not wanted
 * @param tail how many lines of each task are wanted of those that are there already
 * @param matching what is to be found in a line
 */
public record LogQuery(
        List<String> services, Extent extent, Optional<Instant> since, OptionalInt tail, Optional<Pattern> matching) {
    /** Everything that was written so far by every service. */
    public static final LogQuery EVERYTHING =
            new LogQuery(List.of(), Extent.SO_FAR, Optional.empty(), OptionalInt.empty(), Optional.empty());

    /** When reading ends. */
    public enum Extent {
        /** With what was written until now. */
        SO_FAR,
        /** Not by itself. */
        FOLLOW
    }

    /** Copies the names. */
    public LogQuery {
        services = List.copyOf(services);
        if (tail.isPresent() && tail.getAsInt() < 0) {
            throw new IllegalArgumentException("a number of lines is not negative: " + tail.getAsInt());
        }
    }

    /** The same of some services only. */
    public LogQuery of(List<String> names) {
        return new LogQuery(names, extent, since, tail, matching);
    }

    /** The same with what is still to be written. */
    public LogQuery following() {
        return new LogQuery(services, Extent.FOLLOW, since, tail, matching);
    }

    /** The same from a time on. */
    public LogQuery from(Instant time) {
        return new LogQuery(services, extent, Optional.of(time), tail, matching);
    }

    /** The same with at most so many lines of each task to begin with. */
    public LogQuery last(int lines) {
        return new LogQuery(services, extent, since, OptionalInt.of(lines), matching);
    }

    /** The same with those lines only in which a pattern is found. */
    public LogQuery matching(Pattern pattern) {
        return new LogQuery(services, extent, since, tail, Optional.of(pattern));
    }

    boolean follows() {
        return extent == Extent.FOLLOW;
    }

    boolean wants(String text) {
        return matching.isEmpty() || matching.get().matcher(text).find();
    }
}
