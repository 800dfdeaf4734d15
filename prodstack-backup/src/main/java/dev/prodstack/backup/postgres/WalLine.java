package dev.prodstack.backup.postgres;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The log of one system: a server that was made anew has another identifier, and its log does not go on where the old
 * one's ends.
 *
 * @param stack the stack's name
 * @param service the service's key
 * @param system the server's system identifier, digits
 */
public record WalLine(String stack, String service, String system) {
    /** Checks the identifier. */
    public WalLine {
        if (stack.isBlank() || service.isBlank() || !system.matches("\\d{1,20}")) {
            throw new IllegalArgumentException("expected a stack, a service and a system identifier, not " + stack
                    + ", " + service + ", " + system);
        }
    }

    /** What the names of its files begin with. */
    String prefix() {
        return URLEncoder.encode(stack, StandardCharsets.UTF_8) + "~"
                + URLEncoder.encode(service, StandardCharsets.UTF_8) + "~" + system + "~";
    }

    /** Whose a file is, by its name; empty if the name is none of the log. */
    static Optional<WalLine> of(String file) {
        String[] words = file.split("~", -1);
        if (words.length != 4 || !words[2].matches("\\d{1,20}")) {
            return Optional.empty();
        }
        return Optional.of(new WalLine(
                URLDecoder.decode(words[0], StandardCharsets.UTF_8),
                URLDecoder.decode(words[1], StandardCharsets.UTF_8),
                words[2]));
    }
}
