package dev.prodstack.core.cluster;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Small named values kept in the cluster itself, changed by compare-and-swap: of several who change the same value at
 * once, one succeeds and the others learn that they did not. Locks, leases and what a controller must remember over a
 * restart are built on it.
 *
 * <p>Implementations throw an unchecked exception of their own where the cluster cannot be reached. After one, a change
 * may have been made or not: read again.
 */
public interface ClusterStore {
    /** The most bytes that a value may have. */
    int MAX_VALUE_SIZE = 256 * 1024;

    /** The most characters that a name may have. */
    int MAX_NAME_LENGTH = 64;

    /**
     * A name for what concerns a stack; one that would be too long is cut and told apart by a checksum.
     *
     * @param prefix what it is, with a dot at its end; at most 40 characters
     */
    static String nameFor(String prefix, String stack) {
        String name = prefix + stack;
        return name.length() <= MAX_NAME_LENGTH
                ? name
                : name.substring(0, MAX_NAME_LENGTH - 9) + String.format(Locale.ROOT, "-%08x", stack.hashCode());
    }

    /**
     * Reads a value.
     *
     * @param name letters, digits, {@code .}, {@code _} and {@code -}, at most {@value #MAX_NAME_LENGTH} of them
     */
    Optional<Entry> read(String name);

    /**
     * Stores a value under a name that has none.
     *
     * @return what is stored; empty if the name has a value by now
     */
    Optional<Entry> create(String name, byte[] value);

    /**
     * Replaces a value by another one.
     *
     * @param seen what was read
     * @return what is stored; empty if the value was changed or removed since
     */
    Optional<Entry> replace(Entry seen, byte[] value);

    /**
     * Makes a value of the one before, or of none, however many do so at the same time: it is made anew for as long as
     * others are faster.
     *
     * @param change from the value there is to the one that is to be
     */
    default void update(String name, Function<Optional<byte[]>, byte[]> change) {
        Optional<Entry> stored;
        do {
            Optional<Entry> seen = read(name);
            byte[] value = change.apply(seen.map(Entry::value));
            stored = seen.isPresent() ? replace(seen.get(), value) : create(name, value);
        } while (stored.isEmpty());
    }

    /**
     * The time by the cluster's clock, which {@link Entry#changedAt} is told by. Ages are differences of the two, so
     * that a wrong clock of a client's does no harm.
     */
    Instant now();

    /** A value, with what it takes to replace it. */
    interface Entry {
        /** The name it is stored under. */
        String name();

        /** The value; the caller's own copy. */
        byte[] value();

        /** When it was stored, by the cluster's clock. */
        Instant changedAt();
    }
}
