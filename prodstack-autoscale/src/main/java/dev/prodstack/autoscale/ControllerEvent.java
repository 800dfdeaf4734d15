package dev.prodstack.autoscale;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

/** Something that happened while a controller ran. */
public sealed interface ControllerEvent {

    /**
     * It looked.
     *
     * @param look what came of it
     * @param took how long it took
     */
    record Looked(Look look, Duration took) implements ControllerEvent {
        /** Checks that nothing is missing. */
        public Looked {
            Objects.requireNonNull(look, "look");
            Objects.requireNonNull(took, "took");
        }
    }

    /**
     * Something went wrong. Nothing was scaled that the log does not say; the next look tries again.
     *
     * @param time when, by the machine's clock
     * @param kind a word for programs
     * @param why what went wrong, for operators
     */
    record Trouble(Instant time, Kind kind, String why) implements ControllerEvent {
        /** Checks that nothing is missing. */
        public Trouble {
            Objects.requireNonNull(time, "time");
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(why, "why");
        }
    }

    /** What sort of trouble it is. */
    enum Kind {
        /** The cluster cannot be asked. */
        CLUSTER,
        /** The policies cannot be read. */
        POLICIES,
        /** Another controller wrote the memory: one of the two was thought dead. */
        NOT_ALONE,
        /** A fault of the program itself. */
        DEFECT;

        /** The word for programs. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * It became the leader, or stopped being it.
     *
     * @param time when, by the machine's clock
     * @param role which of the two
     * @param leader who leads now, as far as is known
     */
    record RoleChanged(Instant time, Role role, String leader) implements ControllerEvent {
        /** Checks that nothing is missing. */
        public RoleChanged {
            Objects.requireNonNull(time, "time");
            Objects.requireNonNull(role, "role");
            Objects.requireNonNull(leader, "leader");
        }
    }

    /** What a controller is. */
    enum Role {
        /** It looks after the stack. */
        LEADER,
        /** It waits for the leader to fall silent. */
        STANDBY
    }
}
