package dev.prodstack.backup.postgres;

import java.time.Duration;
import java.time.Instant;

/** What happens while a log is received. */
public sealed interface WalEvent {
    /**
     * The server sends.
     *
     * @param system the server's system identifier
     * @param timeline on which timeline
     * @param from from where on
     */
    record Begun(String system, int timeline, Lsn from) implements WalEvent {}

    /**
     * A piece is stored durably, and the server was told so.
     *
     * @param piece which one
     * @param waited since its first byte came
     */
    record Stored(WalPiece piece, Duration waited) implements WalEvent {}

    /**
     * Nothing is missing: all that the server had at a time is stored.
     *
     * @param sent the time, by the server's clock
     */
    record Current(Instant sent) implements WalEvent {}

    /**
     * The server cannot be reached or broke off; it is tried again.
     *
     * @param why what happened and what to do
     * @param pause until it is tried again
     */
    record Interrupted(String why, Duration pause) implements WalEvent {}

    /**
     * The repository cannot be written; the server keeps what is not stored, and it is tried again.
     *
     * @param why what happened and what to do
     * @param pause until it is tried again
     */
    record NotStored(String why, Duration pause) implements WalEvent {}

    /**
     * The server goes on on another timeline, whose history is stored.
     *
     * @param from the old one
     * @param to the new one
     * @param at where
     */
    record Forked(int from, int to, Lsn at) implements WalEvent {}

    /**
     * Log is missing: what comes now does not go on where the stored log ends. No moment after that end can be restored
     * to before there is a new base backup, so one is due at once.
     *
     * @param why what happened
     * @param timeline on which timeline it goes on
     * @param from from where on
     */
    record Gap(String why, int timeline, Lsn from) implements WalEvent {}
}
