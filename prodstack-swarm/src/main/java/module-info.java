/** Talks to Docker Swarm: observe, plan, apply, follow. The only module that sees Docker. */
module dev.prodstack.swarm {
    requires static transitive org.jspecify;
    requires transitive dev.prodstack.core;
    requires com.fasterxml.jackson.databind;
    requires com.github.dockerjava.transport;
    requires com.github.dockerjava.transport.zerodep;

    exports dev.prodstack.swarm;
    exports dev.prodstack.swarm.audit;
    exports dev.prodstack.swarm.cleanup;
    exports dev.prodstack.swarm.doctor;
    exports dev.prodstack.swarm.health;
    exports dev.prodstack.swarm.lock;
    exports dev.prodstack.swarm.logs;
    exports dev.prodstack.swarm.node;
    exports dev.prodstack.swarm.plan;
    exports dev.prodstack.swarm.progress;
    exports dev.prodstack.swarm.problem;
    exports dev.prodstack.swarm.release;
    exports dev.prodstack.swarm.status;
}
