/**
 * What is wrong with an input, and where.
 *
 * <p>A {@link dev.prodstack.core.problem.Problem} names a {@link dev.prodstack.core.problem.Position} in a file, what
 * was found, what was expected and what to do about it. Readers collect every problem in
 * {@link dev.prodstack.core.problem.Problems} and report them together.
 */
@NullMarked
package dev.prodstack.core.problem;

import org.jspecify.annotations.NullMarked;
