/** Metrics sources, the scaling decision and the control loop. */
module dev.prodstack.autoscale {
    requires static transitive org.jspecify;
    requires transitive dev.prodstack.core;
    requires com.fasterxml.jackson.databind;
    requires okhttp3;

    exports dev.prodstack.autoscale;
    exports dev.prodstack.autoscale.decision;
    exports dev.prodstack.autoscale.metrics;
}
