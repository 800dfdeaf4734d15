/** Servers that are asked over HTTP. */
@NullMarked
package dev.prodstack.backup.http;

import org.jspecify.annotations.NullMarked;
