package dev.prodstack.backup.stack;

import dev.prodstack.backup.work.Work;
import dev.prodstack.core.backup.BackupPart;
import dev.prodstack.core.cluster.JobMount;
import dev.prodstack.core.stack.Stack;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Restores single parts of a backup, by a job each. */
record PartRestore(Stack stack, StackWork work) {
    /** Does it. */
    Map<String, String> restore(RestorePlan.Step step) throws IOException {
        BackupPart part = step.part();
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
