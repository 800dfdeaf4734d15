/**
 * Benchmarks: what something costs, measured with JMH. Figures go to {@code docs/BENCHMARKS.md} with their command; no
 * test asserts one.
 */
@NullMarked
package dev.prodstack.bench;

import org.jspecify.annotations.NullMarked;
