/**
 * Releases in the cluster: how they are written as labelled configs, read, and forgotten, and how what a stack was to
 * be becomes a release's content and is read from it again.
 */
@NullMarked
package dev.prodstack.swarm.history;

import org.jspecify.annotations.NullMarked;
