/**
 * Backups: a source is cut into chunks, chunks are gathered in packs, packs are stored in a repository, and a snapshot
 * says which chunks make up which files. Restoring walks the same way backwards.
 */
@NullMarked
package dev.prodstack.backup;

import org.jspecify.annotations.NullMarked;
