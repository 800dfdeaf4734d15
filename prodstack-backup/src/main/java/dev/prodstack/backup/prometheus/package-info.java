/**
 * Prometheus: the blocks of its database, by a snapshot that its admin API takes.
 *
 * <pre>{@code
 * PrometheusServer prometheus = new PrometheusServer(new Server("prometheus", 9090), Optional.empty());
 * StoredPart part = PrometheusBackup.of(prometheus, Path.of("/volume")).to(repository, origin);
 * PrometheusRestore.of(repository, snapshot).into(Path.of("/volume"));     // while it does not run
 * }</pre>
 */
@NullMarked
package dev.prodstack.backup.prometheus;

import org.jspecify.annotations.NullMarked;
