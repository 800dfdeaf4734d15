package dev.prodstack.core.compose.canonical;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The short syntax of a port, {@code [[address:][published]:]target[/protocol]}, where ports may be ranges. */
final class PortSyntax {
    private static final Pattern FORM = Pattern.compile(
            "(?:(?:\\[(?<v6>[0-9a-fA-F:.%]+)]|(?<v4>[^:\\[\\]]*)):)?(?:(?<published>[^:]*):)?(?<target>[^:/]+)(?:/(?<protocol>\\w+))?");
    private static final Pattern TWO_PARTS =
            Pattern.compile("(?<published>[^:\\[\\]]*):(?<target>[^:/]+)(?:/(?<protocol>\\w+))?");
    private static final Pattern RANGE = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");
    private static final String EXPECTED = "expected a port such as 80, 8080:80, 8000-8009:8000-8009 or 53:53/udp";

    /**
     * One published port.
     *
     * @param address the address on the node
     * @param published the port or range on the node
     * @param target the port in the container
     * @param protocol the protocol, lower-case
     */
    record Published(Optional<String> address, Optional<String> published, int target, String protocol) {}

    private record Ends(int first, int last) {
        int length() {
            return last - first + 1;
        }
    }

    private PortSyntax() {}

    /**
     * The ports that a short form stands for, a range being several.
     *
     * @throws IllegalArgumentException if the text is no short form of a port
     */
    static List<Published> parse(String text) {
        Matcher two = TWO_PARTS.matcher(text);
        boolean isTwo = two.matches();
        Matcher matcher = isTwo ? two : FORM.matcher(text);
        if (!isTwo && !matcher.matches()) {
            throw new IllegalArgumentException(EXPECTED);
        }
        Optional<String> address = isTwo ? Optional.empty() : address(matcher);
        Ends target = ends(matcher.group("target"));
        Optional<Ends> published = Optional.ofNullable(matcher.group("published"))
                .filter(port -> !port.isEmpty() && !port.equals("0"))
                .map(PortSyntax::ends);
        String protocol =
                Optional.ofNullable(matcher.group("protocol")).orElse("tcp").toLowerCase(Locale.ROOT);
        if (published.isPresent() && target.length() > 1 && published.get().length() != target.length()) {
            throw new IllegalArgumentException("expected as many published ports as target ports");
        }
        List<Published> ports = new ArrayList<>();
        if (target.length() == 1 && published.isPresent()) {
            for (int port = published.get().first(); port <= published.get().last(); port++) {
                ports.add(new Published(address, Optional.of(Integer.toString(port)), target.first(), protocol));
            }
            return ports;
        }
        for (int i = 0; i < target.length(); i++) {
            int offset = i;
            Optional<String> port = published.map(range -> Integer.toString(range.first() + offset));
            ports.add(new Published(address, port, target.first() + i, protocol));
        }
        return ports;
    }

    private static Optional<String> address(Matcher matcher) {
        return Optional.ofNullable(matcher.group("v6"))
                .or(() -> Optional.ofNullable(matcher.group("v4")))
                .filter(address -> !address.isEmpty());
    }

    private static Ends ends(String text) {
        Matcher matcher = RANGE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(EXPECTED);
        }
        int first = Integer.parseInt(matcher.group(1));
        int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
        if (first < 1 || last > 65_535 || last < first) {
            throw new IllegalArgumentException("expected ports between 1 and 65535, ascending");
        }
        return new Ends(first, last);
    }
}
