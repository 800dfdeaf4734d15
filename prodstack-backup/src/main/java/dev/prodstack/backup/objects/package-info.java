/**
 * Buckets of a server that speaks S3, object by object.
 *
 * <pre>{@code
 * S3Settings settings = S3Settings.at("s3:http://minio:9000/any").credentials(new KeyFiles(access, secret));
 * StoredPart part = ObjectsBackup.of(settings).to(repository, origin);          // all buckets; see only(...)
 * ObjectsRestore.of(repository, snapshot).into(settings);
 * }</pre>
 *
 * <p>In a snapshot a bucket is a folder and an object a file in it, at the path that its key is; what a file system
 * does not know (content type, other headers, metadata of the user's) is in extended attributes {@code user.s3.*}. So
 * {@code restic restore} gives a tree of files. {@link dev.prodstack.backup.objects.KeyPath} says how keys that are no
 * paths are written.
 *
 * <p>Not carried: older versions, tags, access control lists, and the settings of buckets.
 */
@NullMarked
package dev.prodstack.backup.objects;

import org.jspecify.annotations.NullMarked;
