/**
 * Whether a stack serves: its services as the cluster sees them, what its published ports answer, and whether
 * Prometheus reaches what it is to measure.
 *
 * <p>A {@link dev.prodstack.swarm.health.HealthQuery} says what to ask and whom to trust; the answers are
 * {@link dev.prodstack.swarm.doctor.Finding findings}. Nothing is changed.
 */
@NullMarked
package dev.prodstack.swarm.health;

import org.jspecify.annotations.NullMarked;
