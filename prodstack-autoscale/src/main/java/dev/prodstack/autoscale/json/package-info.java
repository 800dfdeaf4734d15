/**
 * Situations, decisions and histories as JSON.
 *
 * <p>A case is a policy, a situation and a time, all that a decision depends on, in one JSON object; its form is in
 * {@code docs/AUTOSCALING_STRATEGY.md}. A time is an ISO 8601 instant, or a number of seconds from the case's own
 * {@code now}, negative for earlier.
 */
@NullMarked
package dev.prodstack.autoscale.json;

import org.jspecify.annotations.NullMarked;
