/**
 * Finds what is legal in a Compose file and hurts on Swarm.
 *
 * <p>A {@link dev.prodstack.core.lint.Rule} says what hurts and why; {@link dev.prodstack.core.lint.Rules} has all of
 * them. {@link dev.prodstack.core.lint.Linter} holds a stack against the rules and answers with
 * {@link dev.prodstack.core.lint.Finding findings}, each with its place in the file, the numbers it is about, what to
 * do, and where the guide explains it. A rule is silenced where it stands: {@code x-prodstack: {lint: {ignore: [id]}}}
 * beside what it is about, or at the top of the file for all of it.
 *
 * <p>Rules see nothing but the file: no node, no image, no file it refers to.
 */
@NullMarked
package dev.prodstack.core.lint;

import org.jspecify.annotations.NullMarked;
