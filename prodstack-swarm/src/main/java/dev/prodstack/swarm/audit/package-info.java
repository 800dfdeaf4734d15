/**
 * Who changed what, when, and how it ended, kept in the cluster itself where every manager can read it.
 *
 * <p>An {@link dev.prodstack.swarm.audit.AuditEntry} is one change; the {@link dev.prodstack.swarm.audit.AuditLog}
 * keeps the latest of them as Swarm configs.
 */
@NullMarked
package dev.prodstack.swarm.audit;

import org.jspecify.annotations.NullMarked;
