/** The stack model, the Compose reader, policies and the ports the other modules meet at. */
module dev.prodstack.core {
    requires static transitive org.jspecify;
    requires org.snakeyaml.engine;
    requires com.fasterxml.jackson.databind;

    exports dev.prodstack.core.backup;
    exports dev.prodstack.core.cluster;
    exports dev.prodstack.core.compose;
    exports dev.prodstack.core.cron;
    exports dev.prodstack.core.lint;
    exports dev.prodstack.core.print;
    exports dev.prodstack.core.problem;
    exports dev.prodstack.core.rollout;
    exports dev.prodstack.core.scaling;
    exports dev.prodstack.core.stack;
    exports dev.prodstack.core.value;
    exports dev.prodstack.core.yaml;
}
