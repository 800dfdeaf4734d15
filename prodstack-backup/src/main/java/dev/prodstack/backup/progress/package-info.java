/** How far work that takes a while has come. */
@NullMarked
package dev.prodstack.backup.progress;

import org.jspecify.annotations.NullMarked;
