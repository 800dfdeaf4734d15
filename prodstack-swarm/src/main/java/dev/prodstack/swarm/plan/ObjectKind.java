package dev.prodstack.swarm.plan;

import java.util.Locale;

/** The kinds of objects that a stack consists of. */
public enum ObjectKind {
    /** A service. */
    SERVICE,
    /** A network. */
    NETWORK,
    /** A secret. */
    SECRET,
    /** A config. */
    CONFIG,
    /** A volume, which lies on the nodes rather than in the cluster. */
    VOLUME;

    /** The word for people. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
