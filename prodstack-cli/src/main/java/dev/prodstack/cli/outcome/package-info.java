/**
 * How a command ends: an {@link dev.prodstack.cli.outcome.ExitCode} for scripts, and, where it did not do what was
 * asked, a {@link dev.prodstack.cli.outcome.Failure} with the words for people.
 */
@NullMarked
package dev.prodstack.cli.outcome;

import org.jspecify.annotations.NullMarked;
