/**
 * What a controller tells the world: metrics for Prometheus, whether it is alive and ready, and a log of its decisions
 * as JSON lines.
 */
@NullMarked
package dev.prodstack.autoscale.telemetry;

import org.jspecify.annotations.NullMarked;
