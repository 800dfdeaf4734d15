/**
 * Which snapshots are kept. A {@linkplain dev.prodstack.backup.forget.ForgetPolicy policy} has rules; a
 * {@linkplain dev.prodstack.backup.forget.ForgetPlan plan} holds what they make of the snapshots of a repository, each
 * with its reason. Nothing here reads, writes or looks at a clock.
 */
@NullMarked
package dev.prodstack.backup.forget;

import org.jspecify.annotations.NullMarked;
