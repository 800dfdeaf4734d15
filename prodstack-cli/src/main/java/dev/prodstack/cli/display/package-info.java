/**
 * What a person or a script sees: results on standard output, messages on standard error.
 *
 * <p>A {@link dev.prodstack.cli.display.Results} writes what was asked for, {@link dev.prodstack.cli.display.Messages}
 * what there is to say about it; each stream has its own {@link dev.prodstack.cli.display.Style}. An
 * {@link dev.prodstack.cli.display.OutputFormat} says whether a person or a script reads it.
 */
@NullMarked
package dev.prodstack.cli.display;

import org.jspecify.annotations.NullMarked;
