/**
 * Policies as objects for Kubernetes: a HorizontalPodAutoscaler ({@code autoscaling/v2}) or a KEDA ScaledObject
 * ({@code keda.sh/v1alpha1}), and a warning for each thing that does not carry over.
 */
@NullMarked
package dev.prodstack.autoscale.export;

import org.jspecify.annotations.NullMarked;
