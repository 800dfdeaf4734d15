/** What nobody uses any more: found first, as a {@link dev.prodstack.swarm.cleanup.CleanUpPlan}, and then removed. */
@NullMarked
package dev.prodstack.swarm.cleanup;

import org.jspecify.annotations.NullMarked;
