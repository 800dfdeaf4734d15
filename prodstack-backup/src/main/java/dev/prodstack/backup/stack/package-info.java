/**
 * The backup of a whole stack, against the ports of core alone. A {@link dev.prodstack.backup.stack.StackBackup} plans
 * which parts are read where, has jobs read them, and ties them together by a manifest; a
 * {@link dev.prodstack.backup.stack.StackRestore} walks it backwards; a {@link dev.prodstack.backup.stack.StackDrill}
 * tries that in a throw-away stack. Whatever touches the repository is done by jobs in the cluster, where its password
 * is.
 */
@NullMarked
package dev.prodstack.backup.stack;

import org.jspecify.annotations.NullMarked;
