package dev.prodstack.load;

import dev.prodstack.load.LoadPlan.Planned;
import dev.prodstack.load.check.Figure;
import java.util.Objects;

/** What came of a check. */
public sealed interface LoadResult {
    /** What was to be done. */
    Planned planned();

    /** In one word. */
    Verdict verdict();

    /** Whether a promise is held. */
    enum Verdict {
        /** It is. */
        HELD,
        /** Less was measured, or something failed under the load. */
        MISSED,
        /** Nothing was measured. */
        UNKNOWN
    }

    /**
     * A figure.
     *
     * @param planned what was to be done
     * @param figure what was measured
     * @param node the name of the node that the load came from
     */
    record Measured(Planned planned, Figure figure, String node) implements LoadResult {
        /** Checks that nothing is missing. */
        public Measured {
            Objects.requireNonNull(figure, "figure");
            Objects.requireNonNull(node, "node");
        }

        @Override
        public Verdict verdict() {
            return figure.holds(planned.work().promise()) ? Verdict.HELD : Verdict.MISSED;
        }
    }

    /**
     * No figure.
     *
     * @param planned what was to be done
     * @param reason why not
     */
    record NotMeasured(Planned planned, String reason) implements LoadResult {
        /** Checks that nothing is missing. */
        public NotMeasured {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public Verdict verdict() {
            return Verdict.UNKNOWN;
        }
    }
}
