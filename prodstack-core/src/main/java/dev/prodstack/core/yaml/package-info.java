/**
 * YAML as a tree of {@linkplain dev.prodstack.core.yaml.Node nodes} that know where they stand.
 *
 * <p>{@link dev.prodstack.core.yaml.YamlReader} turns text into nodes within bounds of size, depth and expansion;
 * anchors, aliases and merge keys are resolved here. What a plain scalar means ({@code 010}, {@code yes}, {@code 1.50})
 * is decided by {@link dev.prodstack.core.yaml.PlainScalar} as Docker's own YAML library does, so that a file means
 * here what it means to {@code docker stack deploy}.
 */
@NullMarked
package dev.prodstack.core.yaml;

import org.jspecify.annotations.NullMarked;
