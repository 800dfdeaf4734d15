package dev.prodstack.swarm.logs;

/** What readers hand to the one who merges. */
sealed interface Arrival {
    /**
     * Something to tell.
     *
     * @param event what
     */
    record Event(LogEvent event) implements Arrival {}

    /**
     * A reader has ended.
     *
     * @param reader which
     */
    record End(ServiceReader reader) implements Arrival {}
}
