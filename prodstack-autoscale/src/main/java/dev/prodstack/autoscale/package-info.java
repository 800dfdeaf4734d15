/**
 * Autoscaling: one tick observes a service, decides how many replicas it should have, and scales it.
 *
 * <p>An observation is what metrics sources say about a service at one moment; a decision is a replica count with the
 * reasons for it.
 */
@NullMarked
package dev.prodstack.autoscale;

import org.jspecify.annotations.NullMarked;
