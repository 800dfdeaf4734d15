/** A snapshot says what was backed up, when, on which host, and which tree holds it. */
@NullMarked
package dev.prodstack.backup.snapshot;

import org.jspecify.annotations.NullMarked;
