package dev.prodstack.autoscale.decision;

/** One step from the measurements to a decision, as data and in words. */
public sealed interface Reason permits Finding, Restraint, Reason.Note {

    /**
     * A word for programs: the condition reason that the HPA controller reports where it has one, such as
     * {@code ScaleDownStabilized}.
     */
    String code();

    /** A sentence for operators, without a full stop. */
    String text();

    /** Reasons that need no further word. */
    enum Note implements Reason {
        /** The policy is paused. */
        PAUSED("Paused", "the policy is paused"),
        /** Somebody has set the service to no replicas, which the policy would not. */
        DISABLED(
                "ScalingDisabled",
                "the service is set to 0 replicas, which turns scaling off; set it to 1 or more to turn it on"),
        /** The policy only tries. */
        DRY_RUN("DryRun", "dry run: nothing is changed"),
        /** Neither a rate nor a bound limited what was wanted. */
        WITHIN_RANGE("DesiredWithinRange", "the count is within bounds and rates");

        private final String code;
        private final String words;

        Note(String code, String words) {
            this.code = code;
            this.words = words;
        }

        @Override
        public String code() {
            return code;
        }

        @Override
        public String text() {
            return words;
        }
    }
}
