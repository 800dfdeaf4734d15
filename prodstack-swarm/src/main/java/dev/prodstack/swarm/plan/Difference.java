package dev.prodstack.swarm.plan;

import java.util.Optional;

/**
 * One field of a service that changes.
 *
 * @param field its path in the terms of the Engine API, such as {@code TaskTemplate.ContainerSpec.Image}
 * @param label its name for people, such as {@code image} or {@code env LOG_LEVEL}
 * @param before the value now; nothing if there is none
 * @param after the value then; nothing if there is none
 */
public record Difference(String field, String label, Optional<String> before, Optional<String> after) {}
