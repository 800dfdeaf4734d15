/**
 * One change to a stack at a time: a {@link dev.prodstack.swarm.lock.StackLock} is held in the cluster by one operator,
 * who says so with a {@link dev.prodstack.swarm.lock.Claim}.
 */
@NullMarked
package dev.prodstack.swarm.lock;

import org.jspecify.annotations.NullMarked;
