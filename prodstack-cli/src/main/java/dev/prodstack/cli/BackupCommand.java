package dev.prodstack.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code prodstack backup}, under which the commands on a stack's backups stand. */
@Command(
        name = "backup",
        header = "Back up a whole stack: databases, volumes, buckets, what the swarm knows.",
        description = {
            "prodstack backup run --dry-run   what would be read, and where",
            "prodstack backup run             do it now",
            "prodstack backup list            which backups there are",
            "prodstack backup show latest     what is in one, part by part",
            "prodstack backup verify          is the repository in order?",
        },
        customSynopsis = "prodstack backup COMMAND [OPTIONS]",
        footer = {
            "What is backed up stands in the Compose file, as x-prodstack.backup beside each",
            "service and at the top (docs/COMPOSE.md). Jobs in the cluster do the work, where",
            "the data and the repository's password are."
        },
        subcommands = {
            BackupRunCommand.class,
            BackupListCommand.class,
            BackupShowCommand.class,
            BackupVerifyCommand.class,
            BackupReportCommand.class,
            BackupScheduleCommand.class,
            BackupWalCommand.class,
            BackupPartCommand.class,
            BackupInsideCommand.class
        })
final class BackupCommand {
    @Mixin
    private CommonOptions common = new CommonOptions();

    BackupCommand() {}

    CommonOptions common() {
        return common;
    }
}
