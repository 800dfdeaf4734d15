/**
 * The words that backups of servers have in common. A {@link dev.prodstack.backup.server.Server} is where one is, an
 * {@link dev.prodstack.backup.server.Account} is who one is there, and an {@link dev.prodstack.backup.server.Origin}
 * says in a snapshot's labels what it is of. What storing one source gave is a
 * {@link dev.prodstack.backup.server.StoredPart}, of which a manifest is made.
 *
 * <p>Passwords come from files. They are handed to other programs in files that only their owner may read, never as
 * arguments or in the environment, which other processes can see.
 */
@NullMarked
package dev.prodstack.backup.server;

import org.jspecify.annotations.NullMarked;
