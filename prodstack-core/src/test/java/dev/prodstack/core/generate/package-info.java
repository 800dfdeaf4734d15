/**
 * Seeded generators of input for property tests, and {@link dev.prodstack.core.generate.Property}, which runs a test
 * over many seeds.
 */
@NullMarked
package dev.prodstack.core.generate;

import org.jspecify.annotations.NullMarked;
