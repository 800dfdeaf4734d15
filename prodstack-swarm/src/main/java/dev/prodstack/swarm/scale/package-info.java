/**
 * Services as who scales them sees and changes them, which is a port of core. A change goes through only if nobody
 * changed the service since it was read: the engine compares the version.
 */
@NullMarked
package dev.prodstack.swarm.scale;

import org.jspecify.annotations.NullMarked;
