/**
 * The settings that hold for more than one command, and where each comes from.
 *
 * <p>A {@link dev.prodstack.cli.settings.Setting} is looked for in this order: the command line, the environment, the
 * project's settings file, the user's, the system's, and last its default. {@link dev.prodstack.cli.settings.Settings}
 * has what came out, each value with its {@link dev.prodstack.cli.settings.Origin}.
 */
@NullMarked
package dev.prodstack.cli.settings;

import org.jspecify.annotations.NullMarked;
