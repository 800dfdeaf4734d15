/**
 * The small values that stack files are made of: sizes, CPU shares, durations, file modes, image references, and
 * {@link dev.prodstack.core.value.Data} for what has no type of its own.
 *
 * <p>Each parses the text forms that Docker accepts and prints one normal form; each {@code parse} throws
 * {@link java.lang.IllegalArgumentException} with a message that says what was expected.
 */
@NullMarked
package dev.prodstack.core.value;

import org.jspecify.annotations.NullMarked;
