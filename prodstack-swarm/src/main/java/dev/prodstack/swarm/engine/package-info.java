/**
 * The Docker Engine API as prodstack uses it: JSON trees in, JSON trees out.
 *
 * <p>An {@link dev.prodstack.swarm.engine.EngineAddress} says where an engine listens;
 * {@link dev.prodstack.swarm.engine.EngineFinder} finds it as the Docker command line would, and remembers in an
 * {@link dev.prodstack.swarm.engine.EngineEndpoint} who said so. An {@link dev.prodstack.swarm.engine.EngineClient}
 * agrees on an API version with the engine and sends it {@link dev.prodstack.swarm.engine.EngineRequest requests}; what
 * does not end by itself comes as a {@link dev.prodstack.swarm.engine.JsonStream stream of objects} or as
 * {@link dev.prodstack.swarm.engine.LogFrames frames of log output}.
 *
 * <p>There are no classes for services, tasks and the like: a tree keeps the fields that this version of prodstack does
 * not know, so that an update sends back everything that was read.
 */
@NullMarked
package dev.prodstack.swarm.engine;

import org.jspecify.annotations.NullMarked;
