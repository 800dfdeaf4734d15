/**
 * Puts one tree in canonical form over another, by the merge rules of the Compose Specification (chapter "Merge").
 *
 * <p>Mappings are merged key by key, lists are appended to, scalars are replaced. What has an identity of its own, a
 * published port or a mount's target, replaces the one with the same identity; a command replaces the one before it.
 * {@code !reset} takes away, {@code !override} replaces. The result keeps the position of whatever won.
 */
@NullMarked
package dev.prodstack.core.compose.merge;

import org.jspecify.annotations.NullMarked;
