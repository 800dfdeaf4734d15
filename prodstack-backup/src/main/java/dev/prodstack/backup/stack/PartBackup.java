package dev.prodstack.backup.stack;

import dev.prodstack.backup.work.Work;
import dev.prodstack.backup.work.WorkResult;
import dev.prodstack.core.backup.BackupPart;
import dev.prodstack.core.backup.BackupSource;
import dev.prodstack.core.backup.BackupSource.Consistency;
import dev.prodstack.core.cluster.ClusterException;
import dev.prodstack.core.cluster.ClusterJobs.Node;
import dev.prodstack.core.cluster.JobMount;
import dev.prodstack.core.cluster.StackControl;
import dev.prodstack.core.cluster.Uninterruptibly;
import dev.prodstack.core.print.JsonText;
import dev.prodstack.core.stack.Stack;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Backs single parts of a stack up, by a job each. What is stopped or quiesced for that goes on afterwards. */
record PartBackup(
        Stack stack, StackWork work, StackControl control, StackChanges changes, Consumer<StackEvent> events) {
    /** A backup would rather wait for a deploy than leave a part out. */
    static final Duration A_DEPLOY = Duration.ofMinutes(15);

    /** Below the directory of secrets, beside those that the job needs itself. */
    private static final String SECRETS = "values";

    private static final Duration SHORT = Duration.ofMinutes(10);
    private static final Duration LONG = Duration.ofHours(12);
    private static final Duration STOPPING = Duration.ofMinutes(5);
    private static final Duration STARTING = Duration.ofMinutes(10);

    /**
     * Does it.
     *
     * @param id the backup's
     * @return what was stored: of a volume that is on several nodes, a part for each
     * @throws IOException if it fails
     */
    List<BackupPart> store(StackBackupPlan.Part part, String id) throws IOException {
        if (!(part.source() instanceof BackupSource.Volume volume)) {
            return server(part, id);
        }
        if (part.nodes().isEmpty()) {
            throw new WorkFailure("no task ever mounted it, so it cannot be found: deploy the stack first");
        }
        return volume.consistency() == Consistency.WithService.STOPPED
                ? stopped(part, volume, id)
                : onEach(part, volume, id);
    }

    private List<BackupPart> server(StackBackupPlan.Part part, String id) throws IOException {
        PartWork server = PartWork.of(stack, part.service(), part.source());
        StackWork.Outcome outcome = work.run(
                new StackWork.Place(
                        server.server().what(),
                        part.name(),
                        part.nodes().stream().map(Node::id).findFirst(),
                        Optional.of(part.service()),
                        server.mountsWith(stack, part.source(), JobMount.Access.WRITE),
                        server.secrets(),
                        LONG),
                access -> new Work.StoreServer(access, label(part, id), server.server()));
        return parts(part.service(), part.source().name(), outcome);
    }

    private Work.Label label(StackBackupPlan.Part part, String id) {
        return new Work.Label(stack.name(), part.service(), part.source().name(), id);
    }

    private List<BackupPart> stopped(StackBackupPlan.Part part, BackupSource.Volume volume, String id)
            throws IOException {
        try (StackChanges.Turn turn = changes.begin("backup of " + part.name(), A_DEPLOY)) {
            List<BackupPart> read = whileStopped(part, volume, id);
            turn.check();
            return read;
        }
    }

    private List<BackupPart> whileStopped(StackBackupPlan.Part part, BackupSource.Volume volume, String id)
            throws IOException {
        try {
            if (control.stop(stack.name(), Set.of(part.service()), StackControl.Occasion.BACKUP, STOPPING)
                    .isEmpty()) {
                throw new WorkFailure(part.service()
                        + " has no number of replicas, so it cannot be stopped: use quiesce, or service: running");
            }
            return onEach(part, volume, id);
        } finally {
            // Also where it was interrupted while it stopped.
            Uninterruptibly.run(() -> startAgain(part.service()));
        }
    }

    private void startAgain(String service) {
        if (control.stopped(stack.name()).contains(service)) {
            control.start(stack.name(), Set.of(service), STARTING);
        }
    }

    private List<BackupPart> onEach(StackBackupPlan.Part part, BackupSource.Volume volume, String id)
            throws IOException {
        List<BackupPart> stored = new ArrayList<>();
        for (Node node : part.nodes()) {
            stored.addAll(
                    volume.consistency() instanceof Consistency.Quiesced quiesced
                            ? quiesced(part, volume, node, quiesced, id)
                            : files(part, volume, node, id));
        }
        return stored;
    }

    private List<BackupPart> quiesced(
            StackBackupPlan.Part part, BackupSource.Volume volume, Node node, Consistency.Quiesced how, String id)
            throws IOException {
        try {
            inside(part, node, how.before(), how.timeout());
            return files(part, volume, node, id);
        } finally {
            if (!how.after().isEmpty()) {
                Uninterruptibly.run(() -> inside(part, node, how.after(), how.timeout()));
            }
        }
    }

    private void inside(StackBackupPlan.Part part, Node node, List<String> command, Duration timeout) {
        try {
            control.runInside(stack.name(), part.service(), node.id(), command, work.image(), timeout);
        } catch (ClusterException e) {
            throw new ClusterException("in " + part.service() + ": " + e.getMessage(), e);
        }
    }

    private List<BackupPart> files(StackBackupPlan.Part part, BackupSource.Volume volume, Node node, String id)
            throws IOException {
        String path = PartWork.VOLUME + volume.volume();
        StackWork.Outcome outcome = work.run(
                new StackWork.Place(
                        "volume",
                        part.name(),
                        Optional.of(node.id()),
                        Optional.empty(),
                        List.of(new JobMount.OfVolume(
                                Names.volume(stack, volume.volume()), path, JobMount.Access.READ)),
                        Map.of(),
                        LONG),
                access -> new Work.StoreFiles(access, label(part, id), path, volume.exclude()));
        outcome.result().notes().forEach(note -> events.accept(new StackEvent.Note(part.name(), note)));
        return parts(part.service(), part.source().name(), outcome);
    }

    /**
     * Backs up what the cluster knows of the stack, for people to read.
     *
     * @throws IOException if it fails
     */
    List<BackupPart> state(String id) throws IOException {
        String state = JsonText.compact(control.describe(stack.name()));
        StackWork.Outcome outcome = work.run(
                StackWork.Place.anywhere("swarm", SHORT),
                access -> new Work.StoreText(
                        access,
                        new Work.Label(stack.name(), BackupPart.CLUSTER, "state", id),
                        "state",
                        "swarm.json",
                        state));
        return parts(BackupPart.CLUSTER, "state", outcome);
    }

    /**
     * Backs up values of secrets, which are handed out to nobody but a container: one file each.
     *
     * @param keys the secrets'
     * @throws IOException if it fails
     */
    List<BackupPart> secrets(List<String> keys, String id) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        keys.forEach(key -> files.put(SECRETS + "/" + key, key));
        StackWork.Outcome outcome = work.run(
                new StackWork.Place("secrets", "secrets", Optional.empty(), Optional.empty(), List.of(), files, SHORT),
                access -> new Work.StoreFiles(
                        access,
                        new Work.Label(stack.name(), BackupPart.CLUSTER, "secrets", id),
                        "/run/secrets/" + SECRETS,
                        List.of()));
        return parts(BackupPart.CLUSTER, "secrets", outcome);
    }

    /** What a job stored, as parts of a backup. */
    private static List<BackupPart> parts(String service, String source, StackWork.Outcome outcome) {
        List<BackupPart> parts = new ArrayList<>();
        for (WorkResult.Stored stored : outcome.result().stored()) {
            parts.add(new BackupPart(
                    service,
                    source,
                    stored.kind(),
                    outcome.node(),
                    stored.snapshots(),
                    stored.bytesRead(),
                    stored.bytesStored(),
                    Instant.parse(stored.begun()),
                    Instant.parse(stored.ended()),
                    stored.facts(),
                    stored.digest()));
        }
        return parts;
    }
}
