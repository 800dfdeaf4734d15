/**
 * Prints a stack in Compose's normal form: the data that, written as YAML or JSON and read again, gives the same stack.
 *
 * <p>It is the form that {@code docker stack config} prints: every short syntax written out, durations as Go prints
 * them, memory in bytes, defaults left away. Dollar signs are doubled, so that reading it again finds no variables.
 */
@NullMarked
package dev.prodstack.core.compose.normal;

import org.jspecify.annotations.NullMarked;
