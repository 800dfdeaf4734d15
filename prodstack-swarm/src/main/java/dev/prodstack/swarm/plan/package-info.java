/**
 * What a deploy would do to a swarm: facts that can be printed, compared and applied.
 *
 * <p>A {@link dev.prodstack.swarm.plan.Plan} is a list of {@linkplain dev.prodstack.swarm.plan.Change changes}, each to
 * one object: a network, a secret, a config or a service. A change to a service says
 * {@linkplain dev.prodstack.swarm.plan.Difference field by field} what differs, whether its tasks
 * {@linkplain dev.prodstack.swarm.plan.TaskEffect are replaced}, and which services it waits for. What stands in the
 * way of the whole plan is an {@linkplain dev.prodstack.swarm.plan.Obstacle obstacle}.
 *
 * <p>Bodies are in the terms of the Engine API. The value of a secret is never part of a plan.
 */
@NullMarked
package dev.prodstack.swarm.plan;

import org.jspecify.annotations.NullMarked;
