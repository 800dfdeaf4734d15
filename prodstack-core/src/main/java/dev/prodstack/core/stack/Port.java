package dev.prodstack.core.stack;

import java.util.Locale;
import java.util.Optional;

/**
 * A published port.
 *
 * @param target the port in the container, 1 to 65535
 * @param published the port on the nodes; Swarm picks one where absent
 * @param protocol the transport protocol
 * @param mode through the routing mesh or on the task's own node
 * @param hostAddress the address to listen on, which Swarm ignores
 * @param name a name for people
 * @param application the application protocol ({@code app_protocol}), which Swarm ignores
 */
public record Port(
        int target,
        Optional<Range> published,
        Protocol protocol,
        Mode mode,
        Optional<String> hostAddress,
        Optional<String> name,
        Optional<String> application) {
    /** Checks the target's range. */
    public Port {
        Range.check(target);
    }

    /**
     * One port, or several of which one is taken.
     *
     * @param first the first port
     * @param last the last port, the first one's equal for a single port
     */
    public record Range(int first, int last) {
        /** Checks the ends. */
        public Range {
            check(first);
            check(last);
            if (last < first) {
                throw new IllegalArgumentException("a port range ascends: " + first + "-" + last);
            }
        }

        private static void check(int port) {
            if (port < 1 || port > 65_535) {
                throw new IllegalArgumentException("expected a port between 1 and 65535, not " + port);
            }
        }

        /** {@code 8080} or {@code 8080-8090}. */
        @Override
        public String toString() {
            return first == last ? Integer.toString(first) : first + "-" + last;
        }
    }

    /** A transport protocol that Swarm publishes. */
    public enum Protocol {
        /** TCP. */
        TCP,
        /** UDP. */
        UDP,
        /** SCTP. */
        SCTP;

        /** The name as files and the Engine API write it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How a port is published. */
    public enum Mode {
        /** On every node, through the routing mesh. */
        INGRESS,
        /** On the nodes that run a task. */
        HOST;

        /** The name as files and the Engine API write it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
