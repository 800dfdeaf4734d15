/**
 * Tar streams (POSIX.1-2001 pax format): a snapshot becomes one, and one becomes a snapshot. They carry what Java's
 * file API does not: devices, all extended attributes, and access control lists.
 */
@NullMarked
package dev.prodstack.backup.tar;

import org.jspecify.annotations.NullMarked;
