/**
 * A tree is the list of a directory: a node for each name, written to the byte as Go's encoding/json writes restic's,
 * as otherwise the same directory would be stored twice.
 */
@NullMarked
package dev.prodstack.backup.tree;

import org.jspecify.annotations.NullMarked;
