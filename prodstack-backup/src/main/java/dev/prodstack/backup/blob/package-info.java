/** A blob is a piece of a file (data) or the list of a directory (tree); its id is the SHA-256 of its plain content. */
@NullMarked
package dev.prodstack.backup.blob;

import org.jspecify.annotations.NullMarked;
