/** Making an index anew of the packs that are there. */
@NullMarked
package dev.prodstack.backup.repair;

import org.jspecify.annotations.NullMarked;
