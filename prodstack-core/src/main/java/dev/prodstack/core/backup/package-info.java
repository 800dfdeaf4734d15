/**
 * What an operator wants backed up, how, where to, and for how long.
 *
 * <p>A {@link dev.prodstack.core.backup.BackupPolicy} stands beside a service and lists its
 * {@linkplain dev.prodstack.core.backup.BackupSource sources}: its databases, queues, buckets and volumes. A
 * {@link dev.prodstack.core.backup.BackupPlan} holds for the whole stack: the
 * {@linkplain dev.prodstack.core.backup.RepositorySpec repository} that everything goes to, the schedule, the
 * {@link dev.prodstack.core.backup.Retention}, the verification, the offsite copy and the drill, which restores a
 * backup to see that it can be.
 *
 * <p>One run of a plan reads every source of the stack and leaves one backup: a snapshot for each source, and a
 * manifest that ties them together.
 */
@NullMarked
package dev.prodstack.core.backup;

import org.jspecify.annotations.NullMarked;
