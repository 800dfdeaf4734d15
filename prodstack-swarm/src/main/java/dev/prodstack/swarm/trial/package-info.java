/** Stacks for the moment, which is a port of core: made to try a restore, and removed with all they had. */
@NullMarked
package dev.prodstack.swarm.trial;

import org.jspecify.annotations.NullMarked;
