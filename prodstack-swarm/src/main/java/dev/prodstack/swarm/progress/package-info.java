/**
 * How a deploy goes: {@linkplain dev.prodstack.swarm.progress.DeployEvent events} while it runs, an
 * {@linkplain dev.prodstack.swarm.progress.DeployOutcome outcome} at its end, and for each service that failed what
 * there is to know of {@linkplain dev.prodstack.swarm.progress.ServiceFailure why}.
 */
@NullMarked
package dev.prodstack.swarm.progress;

import org.jspecify.annotations.NullMarked;
