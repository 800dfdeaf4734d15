package dev.prodstack.swarm.prepare;

import dev.prodstack.swarm.plan.Obstacle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What was found in the way, and what a person should know. Takes them from several threads. */
final class Remarks {
    private final List<Obstacle> obstacles = Collections.synchronizedList(new ArrayList<>());
    private final List<Obstacle> warnings = Collections.synchronizedList(new ArrayList<>());

    void obstacle(String subject, String message, String fix) {
        obstacles.add(new Obstacle(subject, message, fix));
    }

    void warning(String subject, String message, String fix) {
        warnings.add(new Obstacle(subject, message, fix));
    }

    List<Obstacle> obstacles() {
        return List.copyOf(obstacles);
    }

    List<Obstacle> warnings() {
        return List.copyOf(warnings);
    }
}
