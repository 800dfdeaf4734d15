/**
 * Whether a stack holds what it promises: loads from one-off jobs on the stack's own networks, and what they measured.
 * A {@link dev.prodstack.load.LoadPlan} says which {@linkplain dev.prodstack.load.check.Check checks} are to be made
 * and how; a {@link dev.prodstack.load.LoadCheck} makes them, one after the other.
 */
@NullMarked
package dev.prodstack.load;

import org.jspecify.annotations.NullMarked;
