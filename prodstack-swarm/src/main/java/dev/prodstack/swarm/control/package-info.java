/**
 * Services of a stack as who backs them up stops, starts and looks at them, and runs programs in their containers,
 * which is a port of core.
 */
@NullMarked
package dev.prodstack.swarm.control;

import org.jspecify.annotations.NullMarked;
