/**
 * Small values kept in the swarm itself. Each is a config whose label holds it: the engine lets labels of a config be
 * changed, and compares versions when it does.
 */
@NullMarked
package dev.prodstack.swarm.store;

import org.jspecify.annotations.NullMarked;
