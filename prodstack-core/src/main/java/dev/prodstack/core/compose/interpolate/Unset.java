package dev.prodstack.core.compose.interpolate;

import dev.prodstack.core.problem.Position;

/**
 * A variable that is not set, has no default, and was therefore replaced by nothing.
 *
 * @param variable its name
 * @param position where it is used
 * @param path what it is used for, as a dotted path; empty in an environment file
 */
public record Unset(String variable, Position position, String path) {}
