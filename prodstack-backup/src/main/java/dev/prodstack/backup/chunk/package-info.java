/**
 * Cuts content into chunks: where its content says so, or every so many bytes. Who reads a repository never looks at
 * the boundaries, so each source may choose.
 */
@NullMarked
package dev.prodstack.backup.chunk;

import org.jspecify.annotations.NullMarked;
