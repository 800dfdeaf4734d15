/** What can be measured, what is to be done for it, and the figure that comes of it. Pure. */
@NullMarked
package dev.prodstack.load.check;

import org.jspecify.annotations.NullMarked;
