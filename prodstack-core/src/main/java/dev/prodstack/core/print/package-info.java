/** Prints a {@link dev.prodstack.core.value.Data} tree as text that reads back to the same tree. */
@NullMarked
package dev.prodstack.core.print;

import org.jspecify.annotations.NullMarked;
