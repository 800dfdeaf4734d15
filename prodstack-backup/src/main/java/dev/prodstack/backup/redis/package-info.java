/**
 * Redis: all keys with their times to live, as the RDB file that a replica gets.
 *
 * <pre>{@code
 * RedisServer redis = new RedisServer(new Server("redis", 6379), Optional.of(account));
 * StoredPart part = RedisBackup.of(redis).to(repository, origin);
 * RedisRestore.of(repository, snapshot).into(redis);                       // the keys of a running server
 * RedisRestore.of(repository, snapshot).into(Path.of("/data"));            // the file of one that does not run
 * }</pre>
 *
 * <p>The client is our own, some of the protocol being all it takes: {@code redis-cli} wants the password in its
 * environment or arguments. The file is checked on its way by the CRC-64 that Redis writes at its end.
 */
@NullMarked
package dev.prodstack.backup.redis;

import org.jspecify.annotations.NullMarked;
