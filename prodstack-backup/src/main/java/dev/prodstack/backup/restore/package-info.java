/**
 * Restoring: a plan says what of a snapshot goes where and what is there already; then packs are read in parallel, each
 * once, and every file takes its place whole or not at all.
 */
@NullMarked
package dev.prodstack.backup.restore;

import org.jspecify.annotations.NullMarked;
