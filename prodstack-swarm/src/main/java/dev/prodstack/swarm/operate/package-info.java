/** Changes a stack: under its lock, and, where what it is to be changes, as a release. */
@NullMarked
package dev.prodstack.swarm.operate;

import org.jspecify.annotations.NullMarked;
