package dev.prodstack.swarm.plan;

import dev.prodstack.core.stack.Dependency;

/**
 * A service that another one waits for.
 *
 * @param key its name in the file
 * @param name its name in the cluster
 * @param condition what must be true of it
 */
public record Gate(String key, String name, Dependency.Condition condition) {}
