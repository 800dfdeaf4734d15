/**
 * A pack is a stored file of many blobs and, at its end, a sealed header that lists them; restic design document, "Pack
 * Format".
 */
@NullMarked
package dev.prodstack.backup.pack;

import org.jspecify.annotations.NullMarked;
