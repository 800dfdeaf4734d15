/**
 * What the cluster holds, as the engine tells it: JSON trees by name.
 *
 * <p>A {@link dev.prodstack.swarm.state.StackState} is all objects of one stack; the objects of a stack are those with
 * the label {@code com.docker.stack.namespace=STACK}, which {@code docker stack deploy} gives them too. Its tasks and
 * the nodes these run on are read by themselves, as they change much faster.
 */
@NullMarked
package dev.prodstack.swarm.state;

import org.jspecify.annotations.NullMarked;
