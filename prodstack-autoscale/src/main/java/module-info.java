/** Metrics sources, the scaling decision and the control loop. */
module dev.prodstack.autoscale {
    requires static transitive org.jspecify;
    requires transitive dev.prodstack.core;
    requires transitive com.fasterxml.jackson.databind;
    requires io.prometheus.metrics.core;
    requires io.prometheus.metrics.model;
    requires io.prometheus.writer.text;
    requires jdk.httpserver;
    requires okhttp3;

    exports dev.prodstack.autoscale;
    exports dev.prodstack.autoscale.decision;
    exports dev.prodstack.autoscale.export;
    exports dev.prodstack.autoscale.json;
    exports dev.prodstack.autoscale.metrics;
    exports dev.prodstack.autoscale.replay;
    exports dev.prodstack.autoscale.telemetry;
}
