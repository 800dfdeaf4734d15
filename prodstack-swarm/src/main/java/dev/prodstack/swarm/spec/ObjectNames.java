package dev.prodstack.swarm.spec;

import dev.prodstack.core.stack.Config;
import dev.prodstack.core.stack.Network;
import dev.prodstack.core.stack.Secret;

/** What the cluster calls the things that a file calls by key. */
public interface ObjectNames {

    /** A network, also one that is external. */
    Reference network(Network network);

    /** A secret, also one that is external. */
    Reference secret(Secret secret);

    /** A config, also one that is external. */
    Reference config(Config config);
}
