/**
 * Repositories in buckets of servers that speak S3, laid out as restic's {@code s3} backend does, so that both can use
 * the same bucket.
 */
@NullMarked
package dev.prodstack.backup.storage.s3;

import org.jspecify.annotations.NullMarked;
