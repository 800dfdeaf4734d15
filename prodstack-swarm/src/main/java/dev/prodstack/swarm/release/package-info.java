/**
 * What a cluster remembers of its deploys: each {@link dev.prodstack.swarm.release.Release} is what a stack was to be,
 * who wanted it, when, and what became of it.
 */
@NullMarked
package dev.prodstack.swarm.release;

import org.jspecify.annotations.NullMarked;
