/** Talks to Docker Swarm: observe, plan, apply, follow. The only module that sees Docker. */
module dev.prodstack.swarm {
    requires static transitive org.jspecify;
    requires transitive dev.prodstack.core;
}
