/**
 * Whether a swarm is fit to run stacks, and one stack in particular.
 *
 * <p>The {@link dev.prodstack.swarm.doctor.Doctor} gathers facts, looks at them and returns
 * {@link dev.prodstack.swarm.doctor.Finding findings}, each with what to do. Looking is pure; gathering changes
 * nothing.
 */
@NullMarked
package dev.prodstack.swarm.doctor;

import org.jspecify.annotations.NullMarked;
