/** Metrics sources, the scaling decision and the control loop. */
module dev.prodstack.autoscale {
    requires static transitive org.jspecify;
    requires transitive dev.prodstack.core;

    exports dev.prodstack.autoscale.decision;
}
