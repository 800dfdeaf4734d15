/**
 * Brings one file's tree to canonical form: every short syntax written out in its long one, every path absolute.
 *
 * <p>Files are merged in this form, where it no longer matters who wrote {@code "8080:80"} and who {@code {target: 80,
 * published: 8080}}. What cannot be written out is reported and left out; what is not a short syntax at all is left as
 * it is, for the typed readers to judge. Every new node has the position of the text it came from.
 */
@NullMarked
package dev.prodstack.core.compose.canonical;

import org.jspecify.annotations.NullMarked;
