package dev.prodstack.backup.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyDual;

/** The stream of a server's log; PostgreSQL's documentation, "Streaming Replication Protocol". */
final class WalStream {
    private static final int HEADER = 1 + 3 * Long.BYTES;
    private static final int REPLY = 1 + 4 * Long.BYTES + 1;
    private static final long MICROS = 1_000_000;

    /** 2000-01-01, which the server counts from. */
    private static final long EPOCH_SECONDS = 946_684_800;

    private final CopyDual copy;

    private WalStream(CopyDual copy) {
        this.copy = copy;
    }

    static WalStream start(Connection connection, String slot, int timeline, Lsn from) throws SQLException {
        return new WalStream(connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyDual("START_REPLICATION SLOT " + slot + " PHYSICAL " + from + " TIMELINE " + timeline));
    }

    /** What the server sends. */
    sealed interface Message {
        /**
         * A stretch of the log.
         *
         * @param start its first byte
         * @param sent when, by the server's clock
         * @param content the bytes, from its position on
         */
        record Log(Lsn start, Instant sent, ByteBuffer content) implements Message {}

        /**
         * A sign of life, that may ask for one in return.
         *
         * @param end how far the server's log reaches
         * @param sent when, by the server's clock
         * @param asks whether an answer is wanted
         */
        record Alive(Lsn end, Instant sent, boolean asks) implements Message {}

        /** The timeline ends here, or the server goes. */
        record Ended() implements Message {}
    }

    /** What has come; empty if nothing has. */
    Optional<Message> next() throws SQLException {
        if (!copy.isActive()) {
            return Optional.of(new Message.Ended());
        }
        byte @Nullable [] received = copy.readFromCopy(false);
        if (received == null) {
            return copy.isActive() ? Optional.empty() : Optional.of(new Message.Ended());
        }
        ByteBuffer message = ByteBuffer.wrap(received);
        byte kind = message.get();
        if (kind == 'w' && received.length >= HEADER) {
            Lsn start = new Lsn(message.getLong());
            message.getLong();
            return Optional.of(new Message.Log(start, instant(message.getLong()), message));
        }
        if (kind == 'k') {
            Lsn end = new Lsn(message.getLong());
            return Optional.of(new Message.Alive(end, instant(message.getLong()), message.get() != 0));
        }
        return Optional.empty();
    }

    /** Tells the server that everything before a place is stored durably. It answers with a sign of life. */
    void confirm(Lsn stored) throws SQLException {
        ByteBuffer reply = ByteBuffer.allocate(REPLY);
        Instant now = Instant.now();
        reply.put((byte) 'r')
                .putLong(stored.at())
                .putLong(stored.at())
                .putLong(stored.at())
                .putLong((now.getEpochSecond() - EPOCH_SECONDS) * MICROS + now.getNano() / 1000)
                .put((byte) 1);
        copy.writeToCopy(reply.array(), 0, REPLY);
        copy.flushCopy();
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(
                EPOCH_SECONDS + Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000);
    }

    /** As an exception says it, with where. */
    static IOException silent(long seconds) {
        return new IOException("PostgreSQL has sent nothing for " + seconds
                + " s, not even a sign of life. The connection is made anew.");
    }
}
