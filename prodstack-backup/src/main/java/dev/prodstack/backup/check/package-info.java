/** Checking: what of a repository is damaged or missing, and which files of which snapshots that affects. */
@NullMarked
package dev.prodstack.backup.check;

import org.jspecify.annotations.NullMarked;
