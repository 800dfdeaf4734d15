package dev.prodstack.swarm.spec;

import dev.prodstack.swarm.engine.ApiVersion;
import java.util.Optional;

/** The versions of the API from which on it has the fields that the oldest does not have. */
enum Since {
    CLUSTER_VOLUMES(42),
    START_INTERVAL(44),
    VOLUME_SUBPATH(45),
    OOM_SCORE(46),
    IPV4_SWITCH(48),

    /** Older engines take them for services too, and forget them. */
    BIND_OPTIONS(52);

    /** Names of networks are unique from here on, without asking for it. */
    static final ApiVersion NETWORKS_ARE_UNIQUE = new ApiVersion(1, 44);

    private final int minor;

    Since(int minor) {
        this.minor = minor;
    }

    ApiVersion version() {
        return new ApiVersion(1, minor);
    }

    /** Whether an API of the given version has it. */
    boolean isIn(ApiVersion spoken) {
        return spoken.compareTo(version()) >= 0;
    }

    /** The value, where an API of the given version has a place for it. */
    <T> Optional<T> orNothing(ApiVersion spoken, Optional<T> value) {
        return isIn(spoken) ? value : Optional.empty();
    }
}
