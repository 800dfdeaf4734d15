package dev.prodstack.backup.postgres;

import dev.prodstack.backup.browse.SnapshotFiles;
import dev.prodstack.backup.repository.HeldLock;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.server.Origin;
import dev.prodstack.backup.snapshot.SnapshotSummary;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
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

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS'+00'").withZone(ZoneOffset.UTC);

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
                Chain chain = chain(bases.get(i));
                spans.add(0, chain.span());
                Optional<Found> found = find(chain, target, names);
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

    private Chain chain(StoredSnapshot base) throws IOException {
        String system = Origin.label(base.snapshot(), "system")
                .orElseThrow(
                        () -> new IOException(
                                "The base backup " + base.id().brief()
                                        + " has no label system=..., so its log cannot be found. Label it, or take another one."));
        WalStore store = new WalStore(repository, new WalLine(stack, service, system));
        BaseManifest manifest = BaseManifest.of(SnapshotFiles.of(repository, base), base);
        return Chain.of(base, manifest, store);
    }

    /**
     * A target on a chain.
     *
     * @param settings what the server is told
     * @param moment when that was, by the server's clock: for a place or a name, the last transaction before it
     */
    private record Found(List<String> settings, Instant moment) {}

    /** Where a target is; empty if it is not on this chain. */
    private static Optional<Found> find(Chain chain, RecoveryTarget target, TreeSet<String> names) throws IOException {
        Span span = chain.span();
        if (target instanceof RecoveryTarget.ToTime to) {
            return findTime(chain, to.time());
        }
        Instant[] last = {span.fromTime()};
        if (target instanceof RecoveryTarget.ToLsn to) {
            if (to.lsn().compareTo(span.from()) < 0 || to.lsn().compareTo(span.until()) > 0) {
                return Optional.empty();
            }
            boolean[] there = {false};
            chain.scan(new Watch() {
                @Override
                public boolean record(Lsn at) {
                    there[0] = at.compareTo(to.lsn()) >= 0;
                    return !there[0];
                }

                @Override
                public boolean ended(Lsn at, Instant when) {
                    last[0] = when;
                    return true;
                }
            });
            return Optional.of(
                    new Found(there[0] ? List.of("recovery_target_lsn = '" + to.lsn() + "'") : List.of(), last[0]));
        }
        if (target instanceof RecoveryTarget.ToName to) {
            boolean[] there = {false};
            chain.scan(new Watch() {
                @Override
                public boolean named(Lsn at, String name) {
                    names.add(name);
                    there[0] |= name.equals(to.name());
                    return true;
                }

                @Override
                public boolean ended(Lsn at, Instant when) {
                    last[0] = there[0] ? last[0] : when;
                    return true;
                }
            });
            return there[0]
                    ? Optional.of(new Found(
                            List.of("recovery_target_name = '" + to.name().replace("'", "''") + "'"), last[0]))
                    : Optional.empty();
        }
        return Optional.of(new Found(List.of(), span.untilTime()));
    }

    private static Optional<Found> findTime(Chain chain, Instant time) throws IOException {
        Span span = chain.span();
        if (time.isBefore(span.fromTime()) || time.isAfter(span.untilTime())) {
            return Optional.empty();
        }
        boolean[] later = {false};
        chain.scan(new Watch() {
            @Override
            public boolean ended(Lsn at, Instant when) {
                later[0] = when.isAfter(time);
                return !later[0];
            }
        });
        // Without a later transaction the server would look for one in vain, and not start.
        return Optional.of(
                new Found(later[0] ? List.of("recovery_target_time = '" + TIME.format(time) + "'") : List.of(), time));
    }

    /** Looks at one kind of record. */
    private static class Watch implements WalScan.Visitor {
        @Override
        public boolean record(Lsn at) {
            return true;
        }

        @Override
        public boolean ended(Lsn at, Instant when) {
            return true;
        }

        @Override
        public boolean named(Lsn at, String name) {
            return true;
        }
    }

    /** A base backup and the log after it, along the timelines that lead to the newest. */
    private record Chain(
            StoredSnapshot base,
            BaseManifest manifest,
            WalCoverage coverage,
            List<Stretch> stretches,
            Span span,
            NavigableMap<Integer, TimelineHistory> histories) {

        /** The log of one timeline that is replayed, from the segment of its first byte on. */
        record Stretch(int timeline, Lsn from, Lsn until) {}

        static Chain of(StoredSnapshot base, BaseManifest manifest, WalStore store) throws IOException {
            WalCoverage coverage = new WalCoverage(store);
            NavigableMap<Integer, TimelineHistory> histories = store.histories();
            TimelineHistory history = histories.descendingMap().values().stream()
                    .filter(one -> one.leaves(manifest.timeline())
                            .filter(fork -> fork.compareTo(manifest.end()) >= 0)
                            .isPresent())
                    .findFirst()
                    .orElse(new TimelineHistory(manifest.timeline(), List.of(), ""));
            List<Stretch> stretches = new ArrayList<>();
            Instant fromTime = base.snapshot()
                    .summary()
                    .map(SnapshotSummary::ended)
                    .orElse(base.snapshot().time())
                    .toInstant();
            Instant untilTime = fromTime;
            Lsn until = manifest.end();
            int timeline = manifest.timeline();
            Lsn at = manifest.end();
            if (coverage.from(timeline, at).isEmpty()) {
                // The copy has the segment of its end, which the server fills up then: it is enough from the next on.
                at = new Lsn(at.at() - 1).segmentStart().plus(Lsn.SEGMENT);
            }
            while (true) {
                Optional<WalCoverage.Reached> reached = coverage.from(timeline, at);
                if (reached.isEmpty()) {
                    break;
                }
                Optional<Lsn> fork = history.leaves(timeline);
                boolean over = fork.isPresent() && reached.get().end().compareTo(fork.get()) >= 0;
                until = over ? fork.get() : reached.get().end();
                untilTime =
                        reached.get().sent().isAfter(untilTime) ? reached.get().sent() : untilTime;
                stretches.add(new Stretch(timeline, at, until));
                if (!over) {
                    break;
                }
                at = until;
                timeline = history.after(timeline);
            }
            int last = stretches.isEmpty()
                    ? manifest.timeline()
                    : stretches.get(stretches.size() - 1).timeline();
            Span span = new Span(base, last, manifest.end(), until, fromTime, untilTime);
            return new Chain(base, manifest, coverage, List.copyOf(stretches), span, histories);
        }

        /** The timeline whose file has a segment: the newest that has begun in it. */
        private Optional<Integer> timeline(Lsn start) {
            Optional<Integer> found = Optional.empty();
            for (Stretch stretch : stretches) {
                if (stretch.from().segmentStart().compareTo(start) <= 0
                        && stretch.until().compareTo(start) > 0) {
                    found = Optional.of(stretch.timeline());
                }
            }
            return found;
        }

        void scan(WalScan.Visitor visitor) throws IOException {
            if (stretches.isEmpty()) {
                return;
            }
            WalScan.scan(
                    start -> {
                        Optional<Integer> timeline = timeline(start);
                        if (timeline.isEmpty()) {
                            throw new EOFException("nothing is stored from " + start + " on");
                        }
                        return coverage.segment(timeline.get(), start);
                    },
                    stretches.get(0).from(),
                    visitor);
        }
    }

    /** A restore that can be done. */
    public static final class Plan {
        private static final String OURS = "(recovery_target\\w*|restore_command|recovery_end_command"
                + "|archive_cleanup_command|primary_conninfo|primary_slot_name)";

        private final PostgresRecovery recovery;
        private final RecoveryTarget target;
        private final Chain chain;
        private final Found found;

        private Plan(PostgresRecovery recovery, RecoveryTarget target, Chain chain, Found found) {
            this.recovery = recovery;
            this.target = target;
            this.chain = chain;
            this.found = found;
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
            return found.moment();
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
                for (Chain.Stretch stretch : chain.stretches()) {
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
            lines.addAll(found.settings());
            Files.write(file, lines, StandardCharsets.UTF_8);
            Path signal = Files.writeString(directory.resolve("recovery.signal"), "");
            for (Path path : List.of(file, signal)) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
                PostgresData.own(path, directory);
            }
        }
    }
}
