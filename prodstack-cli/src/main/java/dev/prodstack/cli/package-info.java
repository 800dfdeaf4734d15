/**
 * The {@code prodstack} command.
 *
 * <p>{@link dev.prodstack.cli.Main} turns arguments into an {@link dev.prodstack.cli.Action}, one class per command,
 * and runs it with a {@link dev.prodstack.cli.Context}: the settings in effect and the streams to write to. Everything
 * the process has from outside comes in as {@link dev.prodstack.cli.Surroundings}, so that a test can bring its own.
 */
@NullMarked
package dev.prodstack.cli;

import org.jspecify.annotations.NullMarked;
