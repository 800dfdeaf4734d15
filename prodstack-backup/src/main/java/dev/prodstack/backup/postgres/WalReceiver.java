package dev.prodstack.backup.postgres;

import dev.prodstack.backup.repository.Repository;
import dev.prodstack.core.backup.BackupSource.Wal;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Receives a server's log all the time and stores it: {@code WalReceiver.of(postgres, wal).into(repository, "shop",
 * "postgres").telling(log::add).run()}.
 *
 * <p>It keeps nothing of its own. What the repository has says where it goes on, and the server keeps, by the slot,
 * what it was not told to be stored. So it may be killed at any time.
 *
 * @param postgres the server, with a role that may replicate
 * @param wal the slot, which is made unless it is there, and the longest time between two writes
 * @param repository where to
 * @param stack the stack's name
 * @param service the service's key
 * @param events is told what happens, from the thread that runs
 */
public record WalReceiver(
        Postgres postgres, Wal wal, Repository repository, String stack, String service, Consumer<WalEvent> events) {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    private static final String DUPLICATE = "42710";
    private static final String NO_FILE = "58P01";
    private static final String NOT_IN_STATE = "55000";

    /** Checks that nothing is missing. */
    public WalReceiver {
        Objects.requireNonNull(postgres, "postgres");
        Objects.requireNonNull(wal, "wal");
        Objects.requireNonNull(events, "events");
    }

    /** Which server, and how often it is stored. */
    public static Into of(Postgres postgres, Wal wal) {
        return (repository, stack, service) -> new WalReceiver(postgres, wal, repository, stack, service, event -> {});
    }

    /** Where the log goes. */
    public interface Into {
        /** Into a repository, under the names of a stack and a service. */
        WalReceiver into(Repository repository, String stack, String service);
    }

    /** The same, telling what happens. */
    public WalReceiver telling(Consumer<WalEvent> listener) {
        return new WalReceiver(postgres, wal, repository, stack, service, listener);
    }

    /**
     * Receives until it is interrupted. A server that cannot be reached and a repository that cannot be written are
     * tried again.
     *
     * @throws IOException if the server can never be received from: its segments have an unusual size
     */
    public void run() throws IOException, InterruptedException {
        Duration pause = FIRST_PAUSE;
        while (true) {
            if (Thread.interrupted()) {
                throw new InterruptedException("Receiving the log was interrupted.");
            }
            try {
                if (session()) {
                    pause = FIRST_PAUSE;
                }
            } catch (SegmentSizeException e) {
                throw e;
            } catch (IOException e) {
                events.accept(new WalEvent.Interrupted(String.valueOf(e.getMessage()), pause));
                Thread.sleep(pause.toMillis());
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        }
    }

    /** One connection, to its end; whether anything came. */
    private boolean session() throws IOException, InterruptedException {
        try (Connection connection = postgres.replicate()) {
            requireSegments(connection);
            requireWrites(connection);
            Identity identity = identify(connection);
            WalStore store = new WalStore(repository, new WalLine(stack, service, identity.system()));
            makeSlot(connection);
            TimelineHistory history = history(connection, identity.timeline());
            if (identity.timeline() > 1) {
                store.save(history);
            }
            Position position = position(store, identity, history);
            try {
                WalStream stream = WalStream.start(connection, wal.slot(), position.timeline(), position.from());
                events.accept(new WalEvent.Begun(identity.system(), position.timeline(), position.from()));
                return new WalWriter(store, wal.storeEvery(), events).write(stream, position);
            } catch (SQLException e) {
                if (!lost(e)) {
                    throw e;
                }
                begin(identity, store, e);
                return false;
            }
        } catch (SQLException e) {
            throw postgres.failure("receive the log with the slot " + wal.slot(), e);
        }
    }

    private static boolean lost(SQLException cause) {
        String message = String.valueOf(cause.getMessage());
        String state = String.valueOf(cause.getSQLState());
        return state.equals(NO_FILE)
                || (state.equals(NOT_IN_STATE) && !message.contains("is active"))
                || message.contains("ahead of the WAL flush position")
                || message.contains("is not in this server's history");
    }

    /** Begins anew where the server is: the slot is made again, and what comes now has a gap before it. */
    private void begin(Identity identity, WalStore store, SQLException cause) throws IOException, SQLException {
        // What is left of the old connection is in the middle of something.
        try (Connection connection = postgres.replicate()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("DROP_REPLICATION_SLOT " + wal.slot() + " WAIT");
            }
            makeSlot(connection);
        }
        Lsn from = identity.flushed().segmentStart();
        events.accept(new WalEvent.Gap(String.valueOf(cause.getMessage()), identity.timeline(), from));
        store.begin(identity.timeline(), from);
    }

    /** Who the server is and how far it has got. */
    private record Identity(String system, int timeline, Lsn flushed) {}

    /** Where to go on. */
    record Position(int timeline, Lsn from) {}

    private static Identity identify(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("IDENTIFY_SYSTEM")) {
            row.next();
            return new Identity(row.getString("systemid"), row.getInt("timeline"), Lsn.parse(row.getString("xlogpos")));
        }
    }

    private void requireSegments(Connection connection) throws SQLException, SegmentSizeException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW wal_segment_size")) {
            row.next();
            if (!row.getString(1).equals("16MB")) {
                throw new SegmentSizeException("PostgreSQL at " + postgres.server() + " has log segments of "
                        + row.getString(1) + ". Only the usual 16MB can be received; make the server without"
                        + " --wal-segsize.");
            }
        }
    }

    /** A server that replays log, such as one that is being restored, says nothing yet of where it goes on. */
    private void requireWrites(Connection connection) throws SQLException, IOException {
        if (!PostgresFacts.takesWrites(connection)) {
            throw new IOException("PostgreSQL at " + postgres.server()
                    + " is in recovery. Its log is received once it takes writes.");
        }
    }

    private void makeSlot(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE_REPLICATION_SLOT " + wal.slot() + " PHYSICAL RESERVE_WAL");
        } catch (SQLException e) {
            if (!DUPLICATE.equals(e.getSQLState())) {
                throw e;
            }
        }
    }

    private static TimelineHistory history(Connection connection, int timeline) throws SQLException {
        if (timeline == 1) {
            return TimelineHistory.first();
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("TIMELINE_HISTORY " + timeline)) {
            row.next();
            return TimelineHistory.parse(timeline, row.getString(2));
        }
    }

    private Position position(WalStore store, Identity identity, TimelineHistory history) throws IOException {
        Optional<WalStore.Beginning> anew = store.begun();
        Optional<WalPiece> last = store.last();
        if (anew.isPresent()
                && (last.isEmpty() || anew.get().noted().isAfter(last.get().sent()))) {
            return new Position(anew.get().timeline(), anew.get().from());
        }
        if (last.isEmpty()) {
            return new Position(identity.timeline(), identity.flushed().segmentStart());
        }
        int timeline = last.get().timeline();
        Lsn end = last.get().end();
        if (timeline == identity.timeline()) {
            return new Position(timeline, end);
        }
        Optional<Lsn> fork = history.leaves(timeline);
        if (fork.isEmpty()) {
            Lsn from = identity.flushed().segmentStart();
            events.accept(new WalEvent.Gap(
                    "the server is on timeline " + identity.timeline() + ", which does not come from timeline "
                            + timeline + " of the stored log",
                    identity.timeline(),
                    from));
            store.begin(identity.timeline(), from);
            return new Position(identity.timeline(), from);
        }
        if (end.compareTo(fork.get()) < 0) {
            return new Position(timeline, end);
        }
        int next = history.after(timeline);
        events.accept(new WalEvent.Forked(timeline, next, fork.get()));
        return new Position(next, fork.get().segmentStart());
    }
}
