/**
 * The corpus of Compose files, and what must come out of each.
 *
 * <p>A case is a folder of {@code src/test/resources/corpus}; the README there says what its files mean. What the
 * Docker CLI prints for a case is what prodstack must print, unless the case says otherwise and why.
 */
@NullMarked
package dev.prodstack.core.compose.conformance;

import org.jspecify.annotations.NullMarked;
