package dev.prodstack.swarm.plan;

import java.util.List;
import java.util.Optional;

/** What an update does to the tasks that run. */
public sealed interface TaskEffect {

    /** They run on. */
    enum None implements TaskEffect {
        /** The only one of its kind. */
        NONE
    }

    /**
     * They run on; there will be more or fewer.
     *
     * @param from how many there are to be now
     * @param to how many there will be
     */
    record Scale(long from, long to) implements TaskEffect {}

    /**
     * They are replaced.
     *
     * @param tasks how many; nothing where that depends on the nodes
     * @param parallelism how many at a time; 0 is all
     * @param order whether new or old tasks go first: {@code start-first} or {@code stop-first}
     * @param because the labels of the differences that make it necessary
     */
    record Replace(Optional<Long> tasks, long parallelism, String order, List<String> because) implements TaskEffect {
        /** Copies the list. */
        public Replace {
            because = List.copyOf(because);
        }
    }
}
