package dev.prodstack.autoscale.telemetry;

import dev.prodstack.autoscale.ControllerEvent;
import dev.prodstack.autoscale.ControllerEvent.Looked;
import dev.prodstack.autoscale.ControllerEvent.Role;
import dev.prodstack.autoscale.ControllerEvent.RoleChanged;
import dev.prodstack.autoscale.ControllerEvent.Trouble;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Whether a controller does its work: a leader is ready once its last look came to something, a standby once it knows
 * of a leader. Safe for several threads.
 */
public final class Readiness implements Consumer<ControllerEvent> {
    private volatile Optional<String> obstacle = Optional.of("it has just started");

    /** Nothing has happened yet. */
    public Readiness() {}

    @Override
    public void accept(ControllerEvent event) {
        if (event instanceof Looked) {
            obstacle = Optional.empty();
        } else if (event instanceof Trouble trouble) {
            obstacle = Optional.of(trouble.why());
        } else if (event instanceof RoleChanged change) {
            boolean waits = change.role() == Role.STANDBY && !change.leader().isEmpty();
            obstacle = waits ? Optional.empty() : Optional.of("it has not looked yet");
        }
    }

    /** What keeps it from its work; nothing if it does it. */
    public Optional<String> obstacle() {
        return obstacle;
    }
}
