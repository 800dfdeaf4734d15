package dev.prodstack.core.value;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a container image, {@code [registry/]path[:tag][@digest]}, by the grammar of the OCI distribution
 * reference.
 *
 * @param registry host and optional port as written; empty where Docker Hub is implied
 * @param path the repository's path, lower-case
 * @param tag the tag, if one is given
 * @param digest algorithm and hex digest such as {@code sha256:9f3c...}, if one is given
 */
public record ImageReference(Optional<String> registry, String path, Optional<String> tag, Optional<String> digest) {
    private static final String COMPONENT = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
    private static final Pattern PATH = Pattern.compile(COMPONENT + "(?:/" + COMPONENT + ")*");
    private static final Pattern TAG = Pattern.compile("[\\w][\\w.-]{0,127}");
    private static final Pattern DIGEST =
            Pattern.compile("[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}");
    private static final Pattern REGISTRY =
            Pattern.compile("(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?|\\[[0-9a-fA-F:]+])(?::\\d{1,5})?");
    private static final Pattern WHOLE = Pattern.compile("([^@]+?)(?::([^:/@]+))?(?:@(.+))?");
    private static final int MAX_LENGTH = 1024;

    /** Checks every part against the grammar. */
    public ImageReference {
        check(registry, REGISTRY, "a registry host such as registry.example.com:5000");
        check(Optional.of(path), PATH, "a lower-case image path such as shop/backend");
        check(tag, TAG, "a tag of letters, digits, '_', '.' and '-', at most 128 long");
        check(digest, DIGEST, "a digest such as sha256:<64 hex digits>");
    }

    /**
     * Reads an image reference.
     *
     * @throws IllegalArgumentException if the text is none; the message says which part is wrong
     */
    public static ImageReference parse(String text) {
        Matcher matcher = WHOLE.matcher(text);
        if (text.length() > MAX_LENGTH || !matcher.matches()) {
            throw new IllegalArgumentException("expected an image such as registry.example.com/shop/backend:1.4.2");
        }
        String name = matcher.group(1);
        int slash = name.indexOf('/');
        boolean hasRegistry = slash > 0 && isHost(name.substring(0, slash));
        return new ImageReference(
                hasRegistry ? Optional.of(name.substring(0, slash)) : Optional.empty(),
                hasRegistry ? name.substring(slash + 1) : name,
                Optional.ofNullable(matcher.group(2)),
                Optional.ofNullable(matcher.group(3)));
    }

    /**
     * As in Docker: the part before the first slash is a host if it has a dot, a colon or a capital, or is localhost.
     */
    private static boolean isHost(String first) {
        return first.indexOf('.') >= 0
                || first.indexOf(':') >= 0
                || first.equals("localhost")
                || first.chars().anyMatch(Character::isUpperCase);
    }

    private static void check(Optional<String> part, Pattern form, String expected) {
        if (part.isPresent() && !form.matcher(part.get()).matches()) {
            throw new IllegalArgumentException("expected " + expected);
        }
    }

    /** The reference as it is written in a Compose file. */
    @Override
    public String toString() {
        return registry.map(host -> host + "/").orElse("")
                + path
                + tag.map(name -> ":" + name).orElse("")
                + digest.map(hash -> "@" + hash).orElse("");
    }
}
