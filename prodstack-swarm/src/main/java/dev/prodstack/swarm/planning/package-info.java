/**
 * Finds the plan: what is wished for and what is there go in, changes come out. No input or output, no clock, no
 * chance.
 *
 * <p>{@link dev.prodstack.swarm.planning.Wishes} are the bodies that a stack comes to, its secrets and configs already
 * under the names of their versions; {@link dev.prodstack.swarm.state.StackState} is what is there.
 */
@NullMarked
package dev.prodstack.swarm.planning;

import org.jspecify.annotations.NullMarked;
