package dev.prodstack.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prodstack.swarm.engine.JsonStream;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;

/** Events in the order in which they come, each waited for only when it is asked for. */
final class EventSequence extends Spliterators.AbstractSpliterator<SwarmEvent> {
    private final JsonStream events;

    EventSequence(JsonStream events) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
        this.events = events;
    }

    @Override
    public boolean tryAdvance(Consumer<? super SwarmEvent> action) {
        Optional<JsonNode> event = events.next();
        event.map(SwarmEvent::of).ifPresent(action);
        return event.isPresent();
    }
}
