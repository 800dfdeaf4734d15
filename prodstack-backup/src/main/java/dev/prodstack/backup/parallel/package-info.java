/** Work shared by threads. */
@NullMarked
package dev.prodstack.backup.parallel;

import org.jspecify.annotations.NullMarked;
