/**
 * Where signals are measured: Prometheus and the RabbitMQ management API, over HTTP.
 *
 * <p>A {@linkplain dev.prodstack.autoscale.metrics.Question question} is one signal of one service at one look. A
 * {@link dev.prodstack.autoscale.metrics.MetricReader} asks the sources all questions of a look at once and answers
 * each with a {@link dev.prodstack.autoscale.decision.Measurement}, within a deadline. A source that is down, slow or
 * talks nonsense gives a measurement that says so; nothing is ever made up in place of what is missing.
 *
 * <p>How old a sample is, is told by the clock of the server that has it, so that a wrong clock on this side makes
 * nothing stale.
 */
@NullMarked
package dev.prodstack.autoscale.metrics;

import org.jspecify.annotations.NullMarked;
