/** Looking into snapshots: what is where, what differs, and the content of single files. */
@NullMarked
package dev.prodstack.backup.browse;

import org.jspecify.annotations.NullMarked;
