/**
 * Work on the nodes of a swarm: taking tasks off a node before somebody works on it, and letting them come again. A
 * {@link dev.prodstack.swarm.node.NodePlan} says what it would do to whom.
 */
@NullMarked
package dev.prodstack.swarm.node;

import org.jspecify.annotations.NullMarked;
