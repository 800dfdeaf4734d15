package dev.prodstack.swarm.logs;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * A line or a part of one, as the engine sends it: {@code TIME KEY=VALUE,KEY=VALUE CONTENT}, keys and values encoded as
 * in URLs, and a line break at the end of the last part only.
 *
 * @param time when it was written
 * @param task the identifier of the task that wrote it
 * @param node the identifier of its node
 * @param output where it was written to
 * @param bytes the content with a character for each byte, as a part may end inside a character
 */
record Piece(Instant time, String task, String node, LogLine.Output output, String bytes) {
    private static final String TASK = "com.docker.swarm.task.id";
    private static final String NODE = "com.docker.swarm.node.id";

    /** Reads a piece; nothing if the text is none. */
    static Optional<Piece> parse(LogLine.Output output, String bytes) {
        int afterTime = bytes.indexOf(' ');
        int afterDetails = bytes.indexOf(' ', afterTime + 1);
        if (afterTime < 0 || afterDetails < 0) {
            return Optional.empty();
        }
        String details = bytes.substring(afterTime + 1, afterDetails);
        Optional<String> task = detail(details, TASK);
        try {
            Instant time = OffsetDateTime.parse(bytes.substring(0, afterTime)).toInstant();
            return task.map(id ->
                    new Piece(time, id, detail(details, NODE).orElse(""), output, bytes.substring(afterDetails + 1)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> detail(String details, String key) {
        for (String detail : details.split(",", -1)) {
            if (detail.startsWith(key + "=")) {
                return Optional.of(detail.substring(key.length() + 1)).map(Piece::decoded);
            }
        }
        return Optional.empty();
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value;
        }
    }

    boolean endsLine() {
        return bytes.endsWith("\n");
    }

    Piece followedBy(Piece next) {
        return new Piece(time, task, node, output, bytes + next.bytes);
    }

    /** The content as text, without its line break; terminals end lines with a carriage return as well. */
    String text() {
        String text = new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return text.replaceFirst("\r?\n\\z", "");
    }
}
