/**
 * A source is what is backed up: a directory tree or a named stream. It writes its content and its trees into a
 * repository.
 */
@NullMarked
package dev.prodstack.backup.source;

import org.jspecify.annotations.NullMarked;
