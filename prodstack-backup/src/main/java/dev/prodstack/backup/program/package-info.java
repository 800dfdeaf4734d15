/** Programs of other people, run so that they end with us, and that what they complain about reaches a person. */
@NullMarked
package dev.prodstack.backup.program;

import org.jspecify.annotations.NullMarked;
