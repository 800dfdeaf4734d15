/** Carrying snapshots from one repository to another, such as offsite. */
@NullMarked
package dev.prodstack.backup.copy;

import org.jspecify.annotations.NullMarked;
