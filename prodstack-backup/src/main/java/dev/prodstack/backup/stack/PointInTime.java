package dev.prodstack.backup.stack;

import dev.prodstack.backup.postgres.DataDirectory.Old;
import dev.prodstack.backup.work.Moment;
import dev.prodstack.backup.work.Work;
import dev.prodstack.core.backup.BackupManifest;
import dev.prodstack.core.backup.BackupPart;
import dev.prodstack.core.backup.BackupRecord;
import dev.prodstack.core.backup.BackupRecord.Purpose;
import dev.prodstack.core.backup.BackupSource;
import dev.prodstack.core.cluster.ClusterJobs.Node;
import dev.prodstack.core.cluster.JobMount;
import dev.prodstack.core.cluster.StackControl;
import dev.prodstack.core.stack.Service;
import dev.prodstack.core.stack.Stack;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Restores of databases to a moment: their data directories are made anew from a base backup and the log after it. All
 * else is of the newest whole backup that had ended by then.
 */
final class PointInTime {
    /** The kind of a part that is restored so. */
    private static final String KIND = "recovery";

    /** The kind of a part that is a data directory which was replaced. */
    private static final String REPLACED = "replaced";

    private static final Duration SHORT = Duration.ofMinutes(10);
    private static final Duration LONG = Duration.ofHours(12);
    private static final Duration STARTING = Duration.ofMinutes(10);

    /** How fast log is replayed at the least. */
    private static final long BYTES_A_SECOND = 5_000_000;

    private final Stack stack;
    private final Cluster cluster;
    private final StackWork work;

    PointInTime(Stack stack, Cluster cluster, StackWork work) {
        this.stack = stack;
        this.cluster = cluster;
        this.work = work;
    }

    /** The log of which services of a stack is kept. */
    static Map<String, BackupSource.Postgres> logged(Stack stack) {
        Map<String, BackupSource.Postgres> services = new LinkedHashMap<>();
        for (Service service : stack.services().values()) {
            service.operations().backup().stream()
                    .flatMap(policy -> policy.sources().stream())
                    .filter(source -> source instanceof BackupSource.Postgres postgres
                            && postgres.wal().isPresent())
                    .map(BackupSource.Postgres.class::cast)
                    .findFirst()
                    .ifPresent(source -> services.put(service.name(), source));
        }
        return services;
    }

    /**
     * The parts that a restore to a moment is made of.
     *
     * @param backup the record that they are in, which is not stored
     * @param others the id of the backup that has the other parts; empty if there are none
     * @param obstacles what keeps it from being done
     */
    record Parts(BackupRecord backup, Optional<String> others, List<String> obstacles) {}

    /**
     * Finds the parts.
     *
     * @param from the stack that was backed up
     * @throws IOException if the moment cannot be reached; says which can
     */
    Parts find(Moment moment, String from, List<BackupRecord> backups, Predicate<BackupPart> which) throws IOException {
        List<BackupPart> recoveries = new ArrayList<>();
        List<String> recovered = new ArrayList<>();
        Instant latest = Instant.MIN;
        for (Map.Entry<String, BackupSource.Postgres> its : logged(stack).entrySet()) {
            String service = its.getKey();
            BackupPart unknown = part(service, its.getValue(), List.of("unknown"), Instant.EPOCH, Map.of());
            if (!which.test(unknown)) {
                continue;
            }
            Map<String, String> facts = work.run(
                            StackWork.Place.anywhere("plan", SHORT),
                            access -> new Work.PlanRecovery(access, from, service, moment))
                    .result()
                    .facts();
            recoveries.add(part(
                    service,
                    its.getValue(),
                    List.of(facts.getOrDefault("base", "")),
                    Instant.parse(facts.getOrDefault("base_time", "")),
                    facts));
            recovered.add(unknown.name());
            Instant reached = Instant.parse(facts.getOrDefault("moment", ""));
            latest = reached.isAfter(latest) ? reached : latest;
        }
        if (recoveries.isEmpty()) {
            throw new WorkFailure("no database is meant whose log is kept: x-prodstack.backup of a service says so with"
                    + " wal (docs/COMPOSE.md)");
        }
        return parts(from, recoveries, recovered, latest, backups, which);
    }

    private Parts parts(
            String from,
            List<BackupPart> recoveries,
            List<String> recovered,
            Instant moment,
            List<BackupRecord> backups,
            Predicate<BackupPart> which) {
        Predicate<BackupPart> other = part -> !part.service().equals(BackupPart.CLUSTER)
                && Restorable.wants(part)
                && !recovered.contains(part.name())
                && which.test(part);
        Optional<BackupRecord> before = backups.stream()
                .filter(backup -> backup instanceof BackupManifest
                        && backup.purpose() == Purpose.BACKUP
                        && !backup.ended().isAfter(moment))
                .max(Comparator.comparing(BackupRecord::ended));
        List<BackupPart> parts = new ArrayList<>(recoveries);
        before.ifPresent(backup -> backup.parts().stream().filter(other).forEach(parts::add));
        List<String> obstacles = new ArrayList<>();
        List<String> missing = before.isPresent() ? List.of() : others(recovered, which);
        if (!missing.isEmpty()) {
            obstacles.add("no whole backup had ended by " + moment + " that has " + String.join(", ", missing)
                    + ": restore databases alone, with --only");
        }
        String id = before.filter(backup -> parts.size() > recoveries.size())
                .map(BackupRecord::id)
                .orElse("log." + recoveries.get(0).snapshots().get(0).substring(0, 8));
        BackupRecord made = new BackupManifest(
                from,
                id,
                Purpose.BACKUP,
                before.map(BackupRecord::begun).orElse(moment),
                moment,
                Optional.empty(),
                parts);
        return new Parts(
                made, before.filter(backup -> parts.size() > recoveries.size()).map(BackupRecord::id), obstacles);
    }

    /** What the stack's file declares besides. */
    private List<String> others(List<String> recovered, Predicate<BackupPart> which) {
        List<String> names = new ArrayList<>();
        for (Service service : stack.services().values()) {
            service.operations().backup().stream()
                    .flatMap(policy -> policy.sources().stream())
                    .map(source -> part(service.name(), source, List.of("unknown"), Instant.EPOCH, Map.of()))
                    .filter(part -> !recovered.contains(part.name()) && which.test(part))
                    .forEach(part -> names.add(part.name()));
        }
        return names;
    }

    private static BackupPart part(
            String service, BackupSource source, List<String> snapshots, Instant time, Map<String, String> facts) {
        return new BackupPart(
                service,
                source.name(),
                KIND,
                "",
                snapshots,
                number(facts, "bytes") + number(facts, "log_bytes"),
                0,
                time,
                time,
                facts,
                "");
    }

    private static long number(Map<String, String> facts, String name) {
        return Long.parseLong(facts.getOrDefault(name, "0"));
    }

    /** Whether a part is restored in the data directory of a server that is stopped. */
    static boolean isOfDirectory(BackupPart part) {
        return part.kind().equals(KIND) || part.kind().equals(REPLACED);
    }

    /** A safety backup, with the data directories that were replaced in place of databases. */
    static BackupRecord replaced(Stack stack, List<String> parts, BackupRecord safety) {
        List<BackupPart> all = new ArrayList<>();
        List<String> names = new ArrayList<>();
        logged(stack).forEach((service, source) -> {
            BackupPart part = part(service, source, safety.parts().get(0).snapshots(), safety.begun(), Map.of());
            if (parts.contains(part.name())) {
                names.add(part.name());
                all.add(new BackupPart(
                        part.service(),
                        part.source(),
                        REPLACED,
                        "",
                        part.snapshots(),
                        0,
                        0,
                        part.begun(),
                        part.ended(),
                        Map.of(),
                        ""));
            }
        });
        safety.parts().stream().filter(part -> !names.contains(part.name())).forEach(all::add);
        return new BackupManifest(
                safety.stack(), safety.id(), safety.purpose(), safety.begun(), safety.ended(), Optional.empty(), all);
    }

    /** What becomes of data directories that are replaced. */
    static Old old(Journal journal, Optional<Journal> unfinished) {
        if (journal.safety().isEmpty()) {
            return Old.REMOVED;
        }
        return unfinished.flatMap(Journal::moment).isPresent() ? Old.KEPT_BEFORE : Old.KEPT;
    }

    private static String words(BackupPart part) {
        Map<String, String> facts = part.facts();
        return part.kind().equals(REPLACED)
                ? "its data directory is what it was before"
                : "its data directory is made anew: base backup "
                        + part.snapshots().get(0).substring(0, 8) + " of " + facts.get("base_time") + ", log "
                        + facts.get("lsn_from") + " .. " + facts.get("lsn_until") + " (until "
                        + facts.get("until_time") + ")";
    }

    /** How a part is restored; empty if something keeps it from being done. */
    Optional<RestorePlan.Step> step(BackupPart part, BackupSource source, List<String> obstacles) {
        Optional<DataPlace> place =
                Optional.ofNullable(stack.services().get(part.service())).flatMap(DataPlace::of);
        if (place.isEmpty()) {
            obstacles.add(part.name() + ": no volume is mounted at its data directory; say where that is with PGDATA");
            return Optional.empty();
        }
        List<Node> nodes = cluster.jobs()
                .nodesWith(stack.name(), Names.volume(stack, place.get().volume()));
        if (nodes.size() != 1) {
            obstacles.add(part.name() + ": its volume is on "
                    + (nodes.isEmpty() ? "no node: deploy the stack first" : nodes.size() + " nodes"));
            return Optional.empty();
        }
        return Optional.of(
                new RestorePlan.Step(part, source, Optional.of(nodes.get(0).id()), words(part)));
    }

    /** The services that mount the volume with the data directory. */
    List<String> mounting(BackupPart part) {
        return Optional.ofNullable(stack.services().get(part.service()))
                .flatMap(DataPlace::of)
                .map(place -> PartWork.mounting(stack, place.volume()))
                .orElse(List.of());
    }

    private DataPlace place(String service) throws WorkFailure {
        return Optional.ofNullable(stack.services().get(service))
                .flatMap(DataPlace::of)
                .orElseThrow(() -> new WorkFailure(service + " has no volume where its data directory is"));
    }

    private StackWork.Place beside(RestorePlan.Step step, String purpose) throws WorkFailure {
        DataPlace place = place(step.part().service());
        return new StackWork.Place(
                purpose,
                step.part().name(),
                step.node(),
                Optional.empty(),
                List.of(new JobMount.OfVolume(
                        Names.volume(stack, place.volume()), PartWork.DATA, JobMount.Access.WRITE)),
                Map.of(),
                LONG);
    }

    /** Makes the data directory, starts the server, and waits until it takes writes. */
    Map<String, String> restore(RestorePlan.Step step, Journal journal, Old old) throws IOException {
        if (step.part().kind().equals(REPLACED)) {
            putBack(step);
            return Map.of();
        }
        String service = step.part().service();
        String path = place(service).path();
        Moment moment = journal.moment().orElseThrow();
        Map<String, String> facts = work.run(
                        beside(step, "recover"),
                        access -> new Work.Recover(access, journal.from(), service, moment, path, old))
                .result()
                .facts();
        Duration time = STARTING.plusSeconds(number(step.part().facts(), "log_bytes") / BYTES_A_SECOND);
        cluster.control().start(stack.name(), Set.of(service), time);
        PartWork server = PartWork.of(stack, service, step.source());
        work.run(
                new StackWork.Place(
                        "await",
                        step.part().name(),
                        Optional.empty(),
                        Optional.of(service),
                        server.mounts(),
                        server.secrets(),
                        time.plus(SHORT)),
                access -> new Work.AwaitWrites(access, server.server(), time.toSeconds()));
        return facts;
    }

    /** Removes what was there before; that it stays is no reason to go back. */
    void settle(RestorePlan plan, Consumer<StackEvent> events) {
        for (RestorePlan.Step step : plan.steps()) {
            if (step.part().kind().equals(KIND)) {
                try {
                    settle(step, false);
                } catch (IOException e) {
                    events.accept(new StackEvent.Note(
                            step.part().name(),
                            "what was there before is still in the folder prodstack_replaced of the data directory,"
                                    + " which may be removed: " + e.getMessage()));
                }
            }
        }
    }

    /** Puts the data directories back where a plan replaces them; the names of these parts. */
    Set<String> putBack(RestorePlan plan) throws IOException {
        Set<String> names = new TreeSet<>();
        for (RestorePlan.Step step : plan.steps()) {
            if (step.part().kind().equals(KIND)) {
                putBack(step);
                names.add(step.part().name());
            }
        }
        return names;
    }

    private void putBack(RestorePlan.Step step) throws IOException {
        Set<String> service = Set.of(step.part().service());
        cluster.control().stop(stack.name(), service, StackControl.Occasion.RESTORE, STARTING);
        settle(step, true);
        cluster.control().start(stack.name(), service, STARTING);
    }

    private void settle(RestorePlan.Step step, boolean putBack) throws IOException {
        String path = place(step.part().service()).path();
        work.run(beside(step, "settle"), access -> new Work.SettleRecovery(access, path, putBack));
    }
}
