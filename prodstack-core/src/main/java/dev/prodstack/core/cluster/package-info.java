/**
 * What the other modules need of a cluster, as small ports named for the job. {@code prodstack-swarm} implements them
 * on Docker Swarm; who embeds another module alone may bring an implementation of their own. Beside them is what stands
 * on the ports alone: leases, and putting away what was left in a cluster by a thread that was told to end.
 */
@NullMarked
package dev.prodstack.core.cluster;

import org.jspecify.annotations.NullMarked;
