package dev.prodstack.autoscale.decision;

import dev.prodstack.core.scaling.Signal.Basis;
import dev.prodstack.core.scaling.Signal.Resource;
import java.time.Duration;

/** Why a metric has no data. */
public sealed interface Gap {

    /** The end of a sentence that begins with the metric's name. */
    String text();

    /** Gaps that need no further word. */
    enum Kind implements Gap {
        /** Its source did not report on it. */
        NOT_MEASURED("it was not measured"),
        /** The source's answer was empty. */
        EMPTY("the answer was empty, which is not zero"),
        /** A number for all replicas is not finite. */
        NOT_A_NUMBER("the answer was NaN or infinite"),
        /** A number is below zero that cannot be. */
        NEGATIVE("the answer was below zero"),
        /** No replica is known. */
        NO_REPLICAS("no replica of the service is known"),
        /** Everything known together amounts to nothing that a share could be taken of. */
        NOTHING_GIVEN("what the replicas are given adds up to zero");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        @Override
        public String text() {
            return words;
        }
    }

    /**
     * The source said why.
     *
     * @param why what it said
     */
    record Failed(String why) implements Gap {
        @Override
        public String text() {
            return why;
        }
    }

    /**
     * The newest sample is too old, or from the future: then two clocks disagree.
     *
     * @param age its age; negative in the future
     */
    record Stale(Duration age) implements Gap {
        @Override
        public String text() {
            return age.isNegative()
                    ? "its sample is from " + Words.span(age.negated()) + " ahead of this clock"
                    : "its sample is " + Words.span(age) + " old";
        }
    }

    /**
     * No replica has a sample that counts.
     *
     * @param coverage how the replicas were sorted
     * @param stale samples that are too old or from the future
     * @param notNumbers samples that are NaN, infinite, or below zero where that cannot be
     */
    record NoSamples(Coverage coverage, int stale, int notNumbers) implements Gap {
        @Override
        public String text() {
            return "no replica has a sample that counts (" + coverage.unready() + " not ready or being replaced, "
                    + (coverage.missing() - stale - notNumbers) + " without a sample, " + stale + " with a stale one, "
                    + notNumbers + " with NaN or another impossible number)";
        }
    }

    /**
     * There is nothing that the use could be a share of.
     *
     * @param resource the resource
     * @param basis what is not given
     * @param replicas how many replicas are not given it
     */
    record NoRequest(Resource resource, Basis basis, int replicas) implements Gap {
        @Override
        public String text() {
            return replicas + (replicas == 1 ? " replica has no " : " replicas have no ") + resource + " " + basis
                    + ": set deploy.resources." + basis + "s." + (resource == Resource.CPU ? "cpus" : "memory");
        }
    }
}
