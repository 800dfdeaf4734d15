/**
 * Portable archives: a snapshot as one file that ordinary programs open without this one: a tar stream, compressed with
 * gzip or zstd or not, and encrypted with a password in OpenPGP's format or not.
 */
@NullMarked
package dev.prodstack.backup.archive;

import org.jspecify.annotations.NullMarked;
