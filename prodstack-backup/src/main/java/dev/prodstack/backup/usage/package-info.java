/** Which blobs {@linkplain dev.prodstack.backup.usage.UsedBlobs snapshots need}; known by walking their trees. */
@NullMarked
package dev.prodstack.backup.usage;

import org.jspecify.annotations.NullMarked;
