/** The reference stack in {@code stack/}: that its files say what they are meant to. */
@NullMarked
package dev.prodstack.stack;

import org.jspecify.annotations.NullMarked;
