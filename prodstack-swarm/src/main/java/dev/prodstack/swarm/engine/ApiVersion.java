package dev.prodstack.swarm.engine;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of the Docker Engine API.
 *
 * @param major the number before the dot
 * @param minor the number after it
 */
public record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {
    /** The oldest that prodstack speaks, that of Docker 20.10: the first with jobs. */
    public static final ApiVersion OLDEST = new ApiVersion(1, 41);

    /** The newest that prodstack speaks, that of Docker 28.3. Newer engines speak it too. */
    public static final ApiVersion NEWEST = new ApiVersion(1, 51);

    private static final Pattern FORM = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})");
    private static final Comparator<ApiVersion> ORDER =
            Comparator.comparingInt(ApiVersion::major).thenComparingInt(ApiVersion::minor);

    /** Reads a version such as {@code 1.41}; nothing if the text is none. */
    public static Optional<ApiVersion> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new ApiVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    @Override
    public int compareTo(ApiVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
