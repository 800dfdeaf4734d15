/**
 * How a stack is doing, for people and programs.
 *
 * <p>A {@link dev.prodstack.swarm.status.StackStatus} has a {@link dev.prodstack.swarm.status.ServiceStatus} for each
 * service: how many tasks run and how many should, whether an update is under way, and as
 * {@link dev.prodstack.swarm.status.Trouble} what keeps tasks from running. A
 * {@link dev.prodstack.swarm.status.TaskStatus} is one task. A service's {@link dev.prodstack.swarm.status.Standing}
 * says in a word whether it is as wanted: as the cluster was told, which after a rollback is what ran before.
 */
@NullMarked
package dev.prodstack.swarm.status;

import org.jspecify.annotations.NullMarked;
