package dev.prodstack.backup.stack;

import dev.prodstack.backup.work.Work;
import dev.prodstack.core.backup.BackupPart;
import dev.prodstack.core.cluster.ClusterException;
import dev.prodstack.core.cluster.JobMount;
import dev.prodstack.core.cluster.StackControl;
import dev.prodstack.core.stack.Stack;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Restores single parts of a backup, by a job each. */
record PartRestore(Stack stack, StackWork work, StackControl control) {
    /** Within this a server runs again whose node was lost and is back. */
    private static final Duration RETURNING = Duration.ofMinutes(1);

    /**
     * Does it.
     *
     * @throws ClusterException if a server that takes its data while it runs does not
     */
    Map<String, String> restore(RestorePlan.Step step) throws IOException {
        BackupPart part = step.part();
        if (PartWork.volume(step.source()).isEmpty()) {
            control.start(stack.name(), Set.of(part.service()), RETURNING);
        }
        StepPlace place = new StepPlace(stack, step);
        Optional<String> volume = place.volume();
        StackWork.Outcome outcome = volume.isPresent()
                ? work.run(
                        place.files("restore", volume.get(), JobMount.Access.WRITE),
                        access -> new Work.RestoreFiles(access, part.snapshots(), StepPlace.path(volume.get())))
                : work.run(
                        place.server("restore", JobMount.Access.WRITE),
                        access -> new Work.RestoreServer(
                                access, place.label(), part.kind(), part.snapshots(), place.access()));
        return outcome.result().facts();
    }
}
