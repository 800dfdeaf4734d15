/** The index says which blobs lie where in which packs: as files of the repository, and compactly in memory. */
@NullMarked
package dev.prodstack.backup.index;

import org.jspecify.annotations.NullMarked;
