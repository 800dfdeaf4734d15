/**
 * Whether a service has become what its specification says, judged from what the engine tells of it.
 *
 * <p>A {@link dev.prodstack.swarm.convergence.ServiceReading} is one look at a service and its tasks; a
 * {@link dev.prodstack.swarm.convergence.Standing} is what it says: on the way, there, going back, or failed. Facts go
 * in and a judgement comes out; asking the engine again and again is for others.
 *
 * <p>The engine makes a task {@code running} only once its health check passes, so "running" here means "healthy" where
 * there is a check.
 */
@NullMarked
package dev.prodstack.swarm.convergence;

import org.jspecify.annotations.NullMarked;
