package dev.prodstack.backup.postgres;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Cuts a stream of log into pieces, stores them in time, and only then confirms them to the server. */
final class WalWriter {
    private static final long POLL_MILLIS = 5;
    private static final long STATUS_NANOS = TimeUnit.SECONDS.toNanos(5);

    /**
     * Each status asks for an answer, of which several are missing by then: the server's container was replaced, say,
     * and nobody tells who was connected to the one before.
     */
    private static final long SILENCE_SECONDS = 30;

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final WalStore store;
    private final long storeEvery;
    private final Consumer<WalEvent> events;
    private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();
    private Instant sent = Instant.EPOCH;
    private long firstByte;
    private int timeline;
    private Lsn stored = new Lsn(0);

    WalWriter(WalStore store, Duration storeEvery, Consumer<WalEvent> events) {
        this.store = store;
        this.storeEvery = storeEvery.toNanos();
        this.events = events;
    }

    /** Writes until the stream ends; whether anything came. */
    boolean write(WalStream stream, WalReceiver.Position position)
            throws IOException, SQLException, InterruptedException {
        timeline = position.timeline();
        stored = position.from();
        boolean any = false;
        long heard = System.nanoTime();
        long told = heard - STATUS_NANOS;
        while (true) {
            long now = System.nanoTime();
            Optional<WalStream.Message> message = stream.next();
            boolean ask = false;
            if (message.isEmpty()) {
                Thread.sleep(POLL_MILLIS);
            } else {
                any = true;
                if (message.get() instanceof WalStream.Message.Log log) {
                    take(stream, log);
                } else if (message.get() instanceof WalStream.Message.Alive alive) {
                    ask = alive.asks();
                    if (gathered.size() == 0 && alive.end().compareTo(stored) <= 0) {
                        events.accept(new WalEvent.Current(alive.sent()));
                    }
                } else {
                    flush();
                    return any;
                }
                // Storing takes as long as it takes; nobody listened meanwhile.
                heard = System.nanoTime();
            }
            if (gathered.size() > 0 && System.nanoTime() - firstByte >= storeEvery) {
                flush();
                heard = System.nanoTime();
                ask = true;
            }
            if (ask || now - told >= STATUS_NANOS) {
                stream.confirm(stored);
                told = System.nanoTime();
            }
            if (System.nanoTime() - heard > TimeUnit.SECONDS.toNanos(SILENCE_SECONDS)) {
                throw WalStream.silent(SILENCE_SECONDS);
            }
        }
    }

    private void take(WalStream stream, WalStream.Message.Log log)
            throws IOException, SQLException, InterruptedException {
        Lsn expected = stored.plus(gathered.size());
        if (!log.start().equals(expected)) {
            throw new IOException("PostgreSQL sent log from " + log.start() + " on, where " + expected
                    + " is expected. The connection is made anew.");
        }
        byte[] content = log.content().array();
        int from = log.content().position();
        while (from < content.length) {
            Lsn at = stored.plus(gathered.size());
            int room = (int) at.segmentStart().plus(Lsn.SEGMENT).minus(at);
            int length = Math.min(room, content.length - from);
            if (gathered.size() == 0) {
                firstByte = System.nanoTime();
            }
            gathered.write(content, from, length);
            sent = log.sent();
            from += length;
            if (length == room) {
                flush();
                stream.confirm(stored);
            }
        }
    }

    /** Stores what is gathered, however long that takes: the server keeps what follows. */
    private void flush() throws InterruptedException {
        if (gathered.size() == 0) {
            return;
        }
        byte[] content = gathered.toByteArray();
        WalPiece piece = new WalPiece(timeline, stored, stored.plus(content.length), sent);
        while (true) {
            try {
                store.save(piece, content);
                break;
            } catch (IOException e) {
                events.accept(new WalEvent.NotStored(String.valueOf(e.getMessage()), PAUSE));
                Thread.sleep(PAUSE.toMillis());
            }
        }
        stored = piece.end();
        gathered.reset();
        events.accept(new WalEvent.Stored(piece, Duration.ofNanos(System.nanoTime() - firstByte)));
    }
}
