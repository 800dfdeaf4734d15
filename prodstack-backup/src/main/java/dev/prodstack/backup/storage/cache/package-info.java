/**
 * Copies, on this machine's disk, of what is read from a repository again and again: indexes, snapshots and packs of
 * trees. Repositories that are far away open in the time that a listing takes.
 *
 * <pre>{@code
 * Repository far = Repository.open(S3Storage.at("s3:https://s3.example.net/backups"), password);
 * Repository near = far.cached(Cache.at(Path.of("/var/cache/prodstack")));
 * }</pre>
 *
 * <p>The files are those of the repository, sealed as they are there, under the same names. These say what a file has
 * to hold, so a copy that is damaged is noticed, and replaced. A cache may be deleted at any time.
 */
@NullMarked
package dev.prodstack.backup.storage.cache;

import org.jspecify.annotations.NullMarked;
