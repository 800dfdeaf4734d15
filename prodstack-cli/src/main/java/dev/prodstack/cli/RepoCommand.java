package dev.prodstack.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code prodstack repo}, under which the commands on a backup repository stand. */
@Command(
        name = "repo",
        header = "Keep backups in a repository of restic's format, and get them back.",
        description = {
            "export PRODSTACK_REPO=/srv/backups PRODSTACK_REPO_PASSWORD_FILE=pw",
            "prodstack repo init                              make it",
            "prodstack repo backup /srv/shop                  store a directory",
            "prodstack repo snapshots                         what is in it",
            "prodstack repo restore latest --target /restore  get it back",
            "prodstack repo check --read-data                 is it in order?",
        },
        customSynopsis = "prodstack repo COMMAND [OPTIONS]",
        subcommands = {
            RepoInitCommand.class,
            RepoBackupCommand.class,
            RepoSnapshotsCommand.class,
            RepoLsCommand.class,
            RepoFindCommand.class,
            RepoDiffCommand.class,
            RepoDumpCommand.class,
            RepoRestoreCommand.class,
            RepoCheckCommand.class,
            RepoStatsCommand.class,
            RepoForgetCommand.class,
            RepoPruneCommand.class,
            RepoCopyCommand.class,
            RepoKeyCommand.class,
            RepoUnlockCommand.class,
            RepoRepairIndexCommand.class,
            RepoRewindCommand.class
        })
final class RepoCommand {
    @Mixin
    private CommonOptions common = new CommonOptions();

    RepoCommand() {}

    CommonOptions common() {
        return common;
    }
}
