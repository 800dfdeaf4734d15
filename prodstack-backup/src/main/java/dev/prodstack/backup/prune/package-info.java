/**
 * Freeing the room of what no snapshot needs. {@linkplain dev.prodstack.backup.prune.Usage Usage} is what a repository
 * holds, pack by pack; a {@linkplain dev.prodstack.backup.prune.PrunePlan plan} is made of it without reading, writing
 * or looking at a clock: which packs are kept, which removed, and of which the used blobs are repacked;
 * {@link dev.prodstack.backup.prune.Sweep} does it.
 */
@NullMarked
package dev.prodstack.backup.prune;

import org.jspecify.annotations.NullMarked;
