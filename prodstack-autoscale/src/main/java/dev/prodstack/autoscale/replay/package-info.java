/**
 * What a policy would have done with recorded load, and what it would have cost.
 *
 * <p>A {@linkplain dev.prodstack.autoscale.replay.Trace trace} is load over time in a unit of its own, such as requests
 * per second. A {@linkplain dev.prodstack.autoscale.replay.ServiceModel service model} says how much of it a replica
 * bears and how long one takes to start; what is too much waits in a queue. A
 * {@linkplain dev.prodstack.autoscale.replay.Run run} is one way to choose replica counts on a trace: a policy, a fixed
 * count, or an oracle that knows the load ahead. The policy is decided on by the same code as on a cluster.
 */
@NullMarked
package dev.prodstack.autoscale.replay;

import org.jspecify.annotations.NullMarked;
