/** Patterns that choose files by their paths. */
@NullMarked
package dev.prodstack.backup.path;

import org.jspecify.annotations.NullMarked;
