/**
 * The autoscaler: observe, decide, scale.
 *
 * <p>{@link dev.prodstack.autoscale.Autoscaler} takes one {@linkplain dev.prodstack.autoscale.Look look} at the
 * services of a stack that have a policy: it reads their tasks through a port of core, measures their signals, lets
 * {@link dev.prodstack.autoscale.decision.Decider} decide, and carries out what was decided.
 * {@link dev.prodstack.autoscale.Controller} takes looks at an interval, as long as it is the leader.
 *
 * <p>What a look leaves behind for the next one is the {@linkplain dev.prodstack.autoscale.Memory memory}. It lies in
 * the cluster and is written before anything is scaled: whoever goes on after a crash knows of each move that may have
 * been made. Writing it is a compare-and-swap, so that one who is leader no more, and does not know yet, moves nothing.
 */
@NullMarked
package dev.prodstack.autoscale;

import org.jspecify.annotations.NullMarked;
