package dev.prodstack.backup.stack;

import dev.prodstack.backup.work.ServerAccess;
import dev.prodstack.backup.work.Work;
import dev.prodstack.core.backup.BackupPart;
import dev.prodstack.core.backup.BackupSource;
import dev.prodstack.core.cluster.JobMount;
import dev.prodstack.core.stack.Stack;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Restores single parts of a backup, by a job each. */
record PartRestore(Stack stack, StackWork work) {
    private static final Duration LONG = Duration.ofHours(12);

    /** Does it. */
    Map<String, String> restore(RestorePlan.Step step) throws IOException {
        BackupPart part = step.part();
        if (step.source() instanceof BackupSource.Volume volume) {
            String path = PartWork.VOLUME + volume.volume();
            return work.run(
                            new StackWork.Place(
                                    "restore",
                                    part.name(),
                                    step.node(),
                                    Optional.empty(),
                                    List.of(new JobMount.OfVolume(
                                            Names.volume(stack, volume.volume()), path, JobMount.Access.WRITE)),
                                    Map.of(),
                                    LONG),
                            access -> new Work.RestoreFiles(access, part.snapshots(), path))
                    .result()
                    .facts();
        }
        PartWork server = PartWork.of(stack, part.service(), step.source());
        List<JobMount> mounts = new ArrayList<>(server.mounts());
        Optional<String> volume = PartWork.volume(step.source());
        volume.ifPresent(key ->
                mounts.add(new JobMount.OfVolume(Names.volume(stack, key), PartWork.DATA, JobMount.Access.WRITE)));
        ServerAccess access = server.server();
        return work.run(
                        new StackWork.Place(
                                "restore",
                                part.name(),
                                step.node(),
                                Optional.of(part.service()),
                                mounts,
                                server.secrets(),
                                LONG),
                        repository -> new Work.RestoreServer(
                                repository,
                                new Work.Label(
                                        stack.name(),
                                        part.service(),
                                        part.source(),
                                        part.snapshots().get(0).substring(0, 8)),
                                part.kind(),
                                part.snapshots(),
                                access))
                .result()
                .facts();
    }
}
