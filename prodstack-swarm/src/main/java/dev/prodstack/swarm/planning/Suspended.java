package dev.prodstack.swarm.planning;

import dev.prodstack.core.cluster.StackControl.Occasion;
import dev.prodstack.swarm.plan.Obstacle;
import dev.prodstack.swarm.spec.Suspension;
import java.util.Optional;

/** What speaks against giving a service tasks that somebody took away. */
final class Suspended {
    private Suspended() {}

    /** Data that is half restored does; a backup that was killed does not. */
    static Optional<Obstacle> obstacle(String service, Suspension suspension) {
        return suspension.occasion() == Occasion.BACKUP
                ? Optional.empty()
                : Optional.of(
                        new Obstacle(
                                "service " + service,
                                "a restore has stopped it and has not ended, so its data may be half restored",
                                "if nobody is at it any more, finish it with prodstack restore --resume, or go back with --undo"));
    }
}
