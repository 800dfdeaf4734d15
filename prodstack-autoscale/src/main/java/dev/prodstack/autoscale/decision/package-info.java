/**
 * How many replicas a service should have, and why.
 *
 * <p>{@link dev.prodstack.autoscale.decision.Decider} is a pure function: a policy, a
 * {@link dev.prodstack.autoscale.decision.Situation} and the time go in, a
 * {@link dev.prodstack.autoscale.decision.Decision} comes out. Nothing here looks at a clock, a network or a log.
 *
 * <ul>
 *   <li>A situation is what was observed at one look: the count a service is set to, its
 *       {@linkplain dev.prodstack.autoscale.decision.Replica replicas}, one
 *       {@linkplain dev.prodstack.autoscale.decision.Measurement measurement} for each metric, and the
 *       {@linkplain dev.prodstack.autoscale.decision.History history} of earlier looks.
 *   <li>A recommendation is the count that the metrics of one look ask for, before anything restrains it.
 *   <li>A {@linkplain dev.prodstack.autoscale.decision.Reason reason} is one step from the measurements to the
 *       decision, as data and in words.
 * </ul>
 *
 * <p>No data is never zero: a metric without a usable sample asks for nothing, and while one is missing the others may
 * add replicas but not take any away.
 */
@NullMarked
package dev.prodstack.autoscale.decision;

import org.jspecify.annotations.NullMarked;
