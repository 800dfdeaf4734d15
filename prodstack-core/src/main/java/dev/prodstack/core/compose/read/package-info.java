/**
 * Turns a merged tree in canonical form into the records of the stack model.
 *
 * <p>A {@link dev.prodstack.core.compose.read.Place} is a node together with its path; it is asked for a typed value,
 * and reports a problem when it holds something else. {@link dev.prodstack.core.compose.read.Fields} is a mapping that
 * remembers which of its keys were asked for, so that the others can be reported as unknown. A
 * {@link dev.prodstack.core.compose.read.Reading} collects the problems and the positions. One reader class for each
 * section of a file uses them; none stops at the first problem.
 */
@NullMarked
package dev.prodstack.core.compose.read;

import org.jspecify.annotations.NullMarked;
