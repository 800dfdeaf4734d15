/**
 * A stack in the Engine API's terms. Pure: facts go in, JSON trees come out.
 *
 * <p>{@link dev.prodstack.swarm.spec.StackBodies} are the objects to create for a stack, as {@code docker stack deploy}
 * posts them, so that a stack which that command deployed can be taken over without restarting its tasks. What the
 * cluster calls the networks, secrets and configs that a file calls by key comes from
 * {@link dev.prodstack.swarm.spec.ObjectNames}. A {@link dev.prodstack.swarm.spec.FileBody} has everything about a
 * secret or config but its content, which never passes through here. A {@link dev.prodstack.swarm.spec.Suspension} in a
 * service's labels says that a backup or a restore took its tasks away.
 */
@NullMarked
package dev.prodstack.swarm.spec;

import org.jspecify.annotations.NullMarked;
