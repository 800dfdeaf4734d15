package dev.prodstack.backup.stack;

import dev.prodstack.backup.work.ServerAccess;
import dev.prodstack.backup.work.Work;
import dev.prodstack.core.backup.BackupPart;
import dev.prodstack.core.backup.BackupSource;
import dev.prodstack.core.cluster.JobMount;
import dev.prodstack.core.stack.Stack;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a part is restored, in the terms of a job: beside its server, or where its volume is.
 *
 * @param stack the stack that is restored into
 * @param step the part
 */
record StepPlace(Stack stack, RestorePlan.Step step) {
    private static final Duration LONG = Duration.ofHours(12);

    /** The key of the volume that is restored as files; empty where a server is given its data. */
    Optional<String> volume() {
        return step.source() instanceof BackupSource.Volume volume ? Optional.of(volume.volume()) : Optional.empty();
    }

    /** Where a job sees the files of a volume. */
    static String path(String volume) {
        return PartWork.VOLUME + volume;
    }

    /** Where the files of a volume are. */
    StackWork.Place files(String purpose, String volume, JobMount.Access access) {
        return new StackWork.Place(
                purpose,
                step.part().name(),
                step.node(),
                Optional.empty(),
                List.of(new JobMount.OfVolume(Names.volume(stack, volume), path(volume), access)),
                Map.of(),
                LONG);
    }

    /** Where the server is reached. */
    StackWork.Place server(String purpose, JobMount.Access access) {
        PartWork server = PartWork.of(stack, step.part().service(), step.source());
        return new StackWork.Place(
                purpose,
                step.part().name(),
                step.node(),
                Optional.of(step.part().service()),
                server.mountsWith(stack, step.source(), access),
                server.secrets(),
                LONG);
    }

    /** How the server is reached there. */
    ServerAccess access() {
        return PartWork.of(stack, step.part().service(), step.source()).server();
    }

    /** What the part is a part of. */
    Work.Label label() {
        BackupPart part = step.part();
        return new Work.Label(
                stack.name(),
                part.service(),
                part.source(),
                part.snapshots().get(0).substring(0, 8));
    }
}
