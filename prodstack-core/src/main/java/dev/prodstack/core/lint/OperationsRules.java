package dev.prodstack.core.lint;

import static dev.prodstack.core.lint.Severity.WARNING;

import dev.prodstack.core.backup.BackupPlan;
import dev.prodstack.core.backup.RepositorySpec;
import dev.prodstack.core.backup.RepositorySpec.Location;
import dev.prodstack.core.lint.Rule.Report;
import dev.prodstack.core.stack.Volume;
import java.util.List;
import java.util.Optional;

/** How prodstack operates the stack. */
final class OperationsRules {
    static final List<Rule> ALL = List.of(
            Rule.ofService(
                    "database-without-backup",
                    WARNING,
                    "The stack is backed up, but this database is not. A restore brings back everything else.",
                    OperationsRules::databaseWithoutBackup),
            Rule.ofStack(
                    "backup-on-one-node",
                    WARNING,
                    "A repository in a volume of the local driver is on one node, as a rule together with what it is"
                            + " a backup of, and is lost together with it.",
                    OperationsRules::backupOnOneNode));

    private OperationsRules() {}

    private static void databaseWithoutBackup(ServiceFacts service, Report report) {
        boolean backedUp = service.service().operations().backup().isPresent();
        boolean keepsData = service.writtenVolumes().findAny().isPresent();
        if (service.stack().operations().backup().isPresent()
                && !backedUp
                && keepsData
                && service.database().isPresent()) {
            report.add(
                    "",
                    service.database().get() + " writes to "
                            + service.writtenVolumes()
                                    .findFirst()
                                    .flatMap(volume -> volume.source())
                                    .orElse("a volume")
                            + ", of which there is no backup",
                    "add x-prodstack.backup to the service");
        }
    }

    private static void backupOnOneNode(StackFacts stack, Report report) {
        Optional<BackupPlan> plan = stack.stack().operations().backup();
        plan.ifPresent(backup -> onOneNode(stack, backup.repository(), "x-prodstack.backup.repository", report));
        plan.flatMap(BackupPlan::offsite)
                .ifPresent(offsite ->
                        onOneNode(stack, offsite.repository(), "x-prodstack.backup.offsite.repository", report));
    }

    private static void onOneNode(StackFacts stack, RepositorySpec repository, String path, Report report) {
        if (repository.location() instanceof Location.InVolume location) {
            Volume volume = stack.stack().volumes().get(location.key());
            if (volume != null && Volumes.isPerNode(volume)) {
                report.add(
                        path,
                        "the repository is in volume " + location.key() + ", of which each node has its own",
                        "share the volume (NFS), or use an S3 bucket");
            }
        }
    }
}
