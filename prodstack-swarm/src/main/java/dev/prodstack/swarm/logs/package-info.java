/**
 * The log lines of several services, merged.
 *
 * <p>A {@link dev.prodstack.swarm.logs.LogQuery} says which lines are wanted. What comes are
 * {@link dev.prodstack.swarm.logs.LogEvent}s: a {@link dev.prodstack.swarm.logs.LogLine}, or a
 * {@link dev.prodstack.swarm.logs.LogTrouble} that says whose lines are missing and why. Engines send a line as one or
 * more pieces, each with its time and the task that wrote it; the pieces of a line are joined, and lines put in the
 * order of their times.
 */
@NullMarked
package dev.prodstack.swarm.logs;

import org.jspecify.annotations.NullMarked;
