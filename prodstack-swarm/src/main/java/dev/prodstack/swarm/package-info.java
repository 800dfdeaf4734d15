/**
 * Docker Swarm: a swarm is observed, a plan is applied to it, and what happens is followed as events.
 *
 * <p>{@link dev.prodstack.swarm.Swarm} is the front door; a {@link dev.prodstack.swarm.Connection} says which engine it
 * leads to. A service is a template on the manager; a task is one container started from it on a node.
 *
 * <pre>{@code
 * try (Swarm swarm = Swarm.connect();
 *         Stream<SwarmEvent> events = swarm.events(Instant.now())) {
 *     SwarmInfo info = swarm.info();
 *     events.filter(event -> event.type().equals("service")).forEach(event -> log.info("{}", event));
 * }
 * }</pre>
 */
@NullMarked
package dev.prodstack.swarm;

import org.jspecify.annotations.NullMarked;
