/**
 * Where a repository's files lie: a directory, a bucket, or what others implement.
 *
 * <p>A {@linkplain dev.prodstack.backup.storage.Storage storage} holds whole files that are written once and never
 * changed. Each has a {@linkplain dev.prodstack.backup.storage.FileKind kind}, which is a folder of the repository, and
 * a name. What is in them is none of a storage's business.
 */
@NullMarked
package dev.prodstack.backup.storage;

import org.jspecify.annotations.NullMarked;
