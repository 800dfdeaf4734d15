/**
 * Images and the registries they come from.
 *
 * <p>A registry is asked through the engine, which reaches it as the nodes do;
 * {@link dev.prodstack.swarm.registry.Distribution} asks which digest a name stands for, and a
 * {@link dev.prodstack.swarm.registry.Resolution} is the answer. {@link dev.prodstack.swarm.registry.Credentials} finds
 * what {@code docker login} has stored, and {@link dev.prodstack.swarm.registry.RegistryAuth} is one login, in the form
 * in which an engine passes it on.
 */
@NullMarked
package dev.prodstack.swarm.registry;

import org.jspecify.annotations.NullMarked;
