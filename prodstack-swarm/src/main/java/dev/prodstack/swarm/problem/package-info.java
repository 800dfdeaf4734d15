/**
 * What goes wrong between a program and a Docker engine.
 *
 * <p>An {@link dev.prodstack.swarm.problem.EngineException} says what was asked, what the engine said, and what to do
 * about it.
 */
@NullMarked
package dev.prodstack.swarm.problem;

import org.jspecify.annotations.NullMarked;
