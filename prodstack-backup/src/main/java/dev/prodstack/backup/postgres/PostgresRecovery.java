package dev.prodstack.backup.postgres;

import dev.prodstack.backup.browse.SnapshotFiles;
import dev.prodstack.backup.repository.HeldLock;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.server.Origin;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Restores a server's data directory to a moment, from a base backup and the log after it:
 * {@code PostgresRecovery.of(repository, "shop", "postgres").plan(new ToTime(t)).into(directory)}.
 *
 * <p>The server need not run, and its image needs nothing of ours: the log lies in a folder of the data directory, and
 * {@code cp} fetches it when the server is started. It replays, goes on on a timeline of its own, and removes the
 * folder.
 *
 * @param repository where the backups are
 * @param stack the stack's name
 * @param service the service's key
 * @param programs the folder of PostgreSQL's programs, for {@code pg_verifybackup}; not verified where absent
 */
public record PostgresRecovery(Repository repository, String stack, String service, Optional<Path> programs) {
    /** The folder in the data directory that the log lies in until it is replayed. */
    public static final String FOLDER = "prodstack_wal";

    /** Checks that nothing is missing. */
    public PostgresRecovery {
        Objects.requireNonNull(repository, "repository");
        Objects.requireNonNull(programs, "programs");
    }

    /** Of a service of a stack. */
    public static PostgresRecovery of(Repository repository, String stack, String service) {
        return new PostgresRecovery(repository, stack, service, Optional.empty());
    }

    /** The same, with {@code pg_verifybackup} of a folder. */
    public PostgresRecovery verifiedBy(Path folder) {
        return new PostgresRecovery(repository, stack, service, Optional.of(folder));
    }

    /**
     * What a base backup and the log after it reach.
     *
     * @param base the base backup
     * @param timeline the timeline that the log ends on
     * @param from the first place that can be restored to
     * @param until the end of the log without a gap
     * @param fromTime the first time that can be restored to
     * @param untilTime the last time that can be restored to: when the server sent the end of the log
     */
    public record Span(StoredSnapshot base, int timeline, Lsn from, Lsn until, Instant fromTime, Instant untilTime) {
        /** As a message has it. */
        @Override
        public String toString() {
            return fromTime + " .. " + untilTime + " (LSN " + from + " .. " + until + ")";
        }
    }

    /** The base backups, oldest first. */
    public List<StoredSnapshot> bases() throws IOException {
        return repository.snapshots().stream()
                .filter(stored -> Origin.label(stored.snapshot(), "stack").equals(Optional.of(stack))
                        && Origin.label(stored.snapshot(), "service").equals(Optional.of(service))
                        && Origin.label(stored.snapshot(), "kind").equals(Optional.of(PostgresBase.KIND)))
                .toList();
    }

    /** What can be restored to, oldest base backup first; spans of different bases overlap. */
    public List<Span> reachable() throws IOException {
        List<Span> spans = new ArrayList<>();
        HeldLock lock = repository.lockShared();
        try (lock) {
            List<StoredSnapshot> bases = bases();
            repository.loadIndex();
            for (StoredSnapshot base : bases) {
                spans.add(chain(base).span());
            }
        }
        return spans;
    }

    /**
     * How a target is reached: from the newest base backup before it.
     *
     * @throws IOException if it cannot be reached; says what can
     */
    public Plan plan(RecoveryTarget target) throws IOException {
        HeldLock lock = repository.lockShared();
        try (lock) {
            List<StoredSnapshot> bases = bases();
            repository.loadIndex();
            List<Span> spans = new ArrayList<>();
            TreeSet<String> names = new TreeSet<>();
            for (int i = bases.size() - 1; i >= 0; i--) {
                RecoveryChain chain = chain(bases.get(i));
                spans.add(0, chain.span());
                Optional<RecoveryStop> found = RecoveryStop.find(chain, target, names);
                if (found.isPresent()) {
                    return new Plan(this, target, chain, found.get());
                }
            }
            String points = target instanceof RecoveryTarget.ToName
                    ? " Points with a name: " + (names.isEmpty() ? "none" : String.join(", ", names)) + "."
                    : "";
            throw new IOException("PostgreSQL of " + service + " cannot be restored to " + target + ". "
                    + (spans.isEmpty() ? "There is no base backup: take one." : "Reachable: " + joined(spans) + ".")
                    + points);
        }
    }

    /**
     * Why a base backup is due: without one, what is received of a server cannot be restored.
     *
     * @param system the server's system identifier
     * @return the reason; empty if the newest base backup and the log after it reach the end of the log
     */
    public Optional<String> needsBase(String system) throws IOException {
        Optional<WalPiece> last = new WalStore(repository, new WalLine(stack, service, system)).last();
        HeldLock lock = repository.lockShared();
        try (lock) {
            List<StoredSnapshot> bases = bases().stream()
                    .filter(base -> Origin.label(base.snapshot(), "system").equals(Optional.of(system)))
                    .toList();
            if (bases.isEmpty()) {
                return Optional.of("there is no base backup of this server");
            }
            if (last.isEmpty()) {
                return Optional.empty();
            }
            repository.loadIndex();
            StoredSnapshot newest = bases.get(bases.size() - 1);
            Span span = chain(newest).span();
            boolean whole = span.timeline() == last.get().timeline()
                    && span.until().compareTo(last.get().end()) >= 0;
            // Log that was received before a copy ended is in the copy.
            boolean older = span.timeline() == last.get().timeline()
                    && span.from().compareTo(last.get().end()) >= 0;
            return whole || older
                    ? Optional.empty()
                    : Optional.of("between the base backup " + newest.id().brief() + " and the end of the log, "
                            + last.get().end() + " on timeline "
                            + last.get().timeline() + ", there is a gap after " + span.until() + " on timeline "
                            + span.timeline());
        }
    }

    private static String joined(List<Span> spans) {
        return String.join("; ", spans.stream().map(Span::toString).toList());
    }

    private RecoveryChain chain(StoredSnapshot base) throws IOException {
        String system = Origin.label(base.snapshot(), "system")
                .orElseThrow(
                        () -> new IOException(
                                "The base backup " + base.id().brief()
                                        + " has no label system=..., so its log cannot be found. Label it, or take another one."));
        WalStore store = new WalStore(repository, new WalLine(stack, service, system));
        BaseManifest manifest = BaseManifest.of(SnapshotFiles.of(repository, base), base);
        return RecoveryChain.of(base, manifest, store);
    }

    /** A restore that can be done. */
    public static final class Plan {
        private static final String OURS = "(recovery_target\\w*|restore_command|recovery_end_command"
                + "|archive_cleanup_command|primary_conninfo|primary_slot_name)";

        private final PostgresRecovery recovery;
        private final RecoveryTarget target;
        private final RecoveryChain chain;
        private final RecoveryStop stop;

        private Plan(PostgresRecovery recovery, RecoveryTarget target, RecoveryChain chain, RecoveryStop stop) {
            this.recovery = recovery;
            this.target = target;
            this.chain = chain;
            this.stop = stop;
        }

        /** The moment. */
        public RecoveryTarget target() {
            return target;
        }

        /** What the base backup and the log reach. */
        public Span span() {
            return chain.span();
        }

        /** When the target was, by the server's clock: for a place or a name, the last transaction before it. */
        public Instant moment() {
            return stop.moment();
        }

        /** How many bytes of log are written beside the base backup. */
        public long logBytes() {
            return chain.stretches().stream()
                    .mapToLong(stretch -> stretch.until().minus(stretch.from().segmentStart()))
                    .sum();
        }

        /**
         * Makes the data directory. A server that is started on it replays the log, and takes writes once it is there.
         *
         * @param directory empty, or not there
         */
        public void into(Path directory) throws IOException, InterruptedException {
            PostgresData.restore(recovery.repository(), chain.base(), directory, recovery.programs());
            Path folder = Files.createDirectory(directory.resolve(FOLDER));
            HeldLock lock = recovery.repository().lockShared();
            try (lock) {
                recovery.repository().loadIndex();
                for (RecoveryChain.Stretch stretch : chain.stretches()) {
                    Lsn at = stretch.from().segmentStart();
                    for (; at.compareTo(stretch.until()) < 0; at = at.plus(Lsn.SEGMENT)) {
                        Files.write(
                                folder.resolve(at.segmentFile(stretch.timeline())),
                                chain.coverage().segment(stretch.timeline(), at));
                    }
                }
            }
            for (TimelineHistory history : chain.histories().values()) {
                Files.writeString(folder.resolve(TimelineHistory.file(history.timeline())), history.text());
            }
            configure(directory);
            try (var made = Files.walk(folder)) {
                for (Path path : made.toList()) {
                    PostgresData.own(path, directory);
                }
            }
        }

        private void configure(Path directory) throws IOException {
            Path file = directory.resolve("postgresql.auto.conf");
            List<String> lines = new ArrayList<>();
            if (Files.exists(file)) {
                Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                        .filter(line -> !line.strip().matches("(?i)" + OURS + "\\s*=?.*"))
                        .forEach(lines::add);
            }
            lines.add("restore_command = 'cp " + FOLDER + "/%f \"%p\"'");
            lines.add("recovery_end_command = 'rm -rf " + FOLDER + "'");
            lines.add("recovery_target_timeline = '" + chain.span().timeline() + "'");
            lines.add("recovery_target_action = 'promote'");
            lines.addAll(stop.settings());
            Files.write(file, lines, StandardCharsets.UTF_8);
            Path signal = Files.writeString(directory.resolve("recovery.signal"), "");
            for (Path path : List.of(file, signal)) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
                PostgresData.own(path, directory);
            }
        }
    }
}
