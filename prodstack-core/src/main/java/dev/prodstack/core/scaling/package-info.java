/**
 * What an operator wants of a service's replica count.
 *
 * <p>A {@link dev.prodstack.core.scaling.ScalingPolicy} keeps a service between two bounds by a
 * {@link dev.prodstack.core.scaling.ScalingRule}. A rule watches {@linkplain dev.prodstack.core.scaling.Signal
 * signals}: things that can be measured, such as the CPU utilisation of its tasks or the length of a queue. In the form
 * of the Kubernetes Horizontal Pod Autoscaler, each signal has a target that is kept to
 * ({@link dev.prodstack.core.scaling.Metric}); in the threshold form, it has a mark above which replicas are added and
 * one below which they are taken away ({@link dev.prodstack.core.scaling.Threshold}).
 *
 * <p>These are the records alone. What follows from them at a given moment is decided elsewhere, by a pure function of
 * policy, situation and time.
 */
@NullMarked
package dev.prodstack.core.scaling;

import org.jspecify.annotations.NullMarked;
