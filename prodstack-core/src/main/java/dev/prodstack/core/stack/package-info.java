/**
 * The stack model: what one or more Compose files say once they are merged, interpolated and checked.
 *
 * <p>A {@link dev.prodstack.core.stack.Stack} has services, networks, volumes, secrets and configs. A
 * {@link dev.prodstack.core.stack.Service} is a template that Swarm starts tasks from; a task runs one container. All
 * are records: immutable, compared by content, with typed values and no nulls. The names are those of the Compose
 * Specification; the groups (process, naming, confinement) are ours.
 *
 * <p>What Swarm ignores but a Compose file may say ({@code build}, {@code restart}, ...) is kept as plain
 * {@link dev.prodstack.core.value.Data} in {@link dev.prodstack.core.stack.Service#composeOnly()}, so that a stack can
 * be printed whole.
 */
@NullMarked
package dev.prodstack.core.stack;

import org.jspecify.annotations.NullMarked;
