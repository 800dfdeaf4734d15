/**
 * What a cluster looks like on a screen and to a program: as lines of text, and as data for YAML and JSON.
 *
 * <p>An {@link dev.prodstack.cli.observe.Age} is how long ago something was, in words.
 */
@NullMarked
package dev.prodstack.cli.observe;

import org.jspecify.annotations.NullMarked;
