/**
 * Everything a plan needs to know before it can be made, gathered from the cluster, the registry and the files: what is
 * there, which version of each secret and config is the right one, which digest an image's tag stands for, and what
 * stands in the way. Nothing is changed here.
 */
@NullMarked
package dev.prodstack.swarm.prepare;

import org.jspecify.annotations.NullMarked;
