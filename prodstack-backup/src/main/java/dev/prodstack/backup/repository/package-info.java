/**
 * A repository is a storage whose files are sealed with one master key, which each password opens: its configuration,
 * keys, locks, index, and reading and writing of blobs.
 */
@NullMarked
package dev.prodstack.backup.repository;

import org.jspecify.annotations.NullMarked;
