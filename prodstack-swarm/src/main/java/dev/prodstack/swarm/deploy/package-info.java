/**
 * Applies a plan: creates what is missing, changes services in the order in which they need each other, waits until
 * each is healthy, and takes everything back if one does not get there.
 *
 * <p>A {@link dev.prodstack.swarm.deploy.Deployment} is one such run. It looks at the whole stack about twice a second;
 * whatever can go on side by side does.
 */
@NullMarked
package dev.prodstack.swarm.deploy;

import org.jspecify.annotations.NullMarked;
