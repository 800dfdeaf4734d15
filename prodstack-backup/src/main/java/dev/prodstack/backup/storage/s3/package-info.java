/**
 * Repositories in buckets of servers that speak S3, laid out as restic's {@code s3} backend does, so that both can use
 * the same bucket; and, by {@link dev.prodstack.backup.storage.s3.Rewind}, bringing one back that an intruder
 * overwrote.
 */
@NullMarked
package dev.prodstack.backup.storage.s3;

import org.jspecify.annotations.NullMarked;
