/**
 * Docker Swarm: a swarm is observed, a plan is applied to it, and what happens is followed as events.
 *
 * <p>A service is a template on the manager; a task is one container started from it on a node.
 */
@NullMarked
package dev.prodstack.swarm;

import org.jspecify.annotations.NullMarked;
