package dev.prodstack.swarm.plan;

/**
 * Something that stands in the way, or that a person should know.
 *
 * @param subject what it is about, such as {@code service backend}; empty for the swarm as a whole
 * @param message what was found and what was expected, without a full stop
 * @param fix what to do next; empty where the message says it all
 */
public record Obstacle(String subject, String message, String fix) {
    /** The whole sentence for people. */
    @Override
    public String toString() {
        return (subject.isEmpty() ? "" : subject + ": ") + message + (fix.isEmpty() ? "" : " (" + fix + ")");
    }
}
