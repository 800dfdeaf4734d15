/**
 * How a new version of a service takes over.
 *
 * <p>A {@link dev.prodstack.core.rollout.RolloutStrategy} is rolling, blue-green or canary. The last two are gated by
 * {@linkplain dev.prodstack.core.rollout.Analysis analyses}: measurements of the new version, whose verdicts promote it
 * or send it back. A {@link dev.prodstack.core.rollout.Migration} is the job that prepares the service's data for the
 * new version beforehand (expand), and the one that removes what only the old version needed (contract).
 */
@NullMarked
package dev.prodstack.core.rollout;

import org.jspecify.annotations.NullMarked;
