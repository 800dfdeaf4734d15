/** Rules over the whole reactor, tested here because the command line is the module that sees all others. */
@NullMarked
package dev.prodstack.architecture;

import org.jspecify.annotations.NullMarked;
