package dev.prodstack.cli;

import dev.prodstack.backup.stack.StackBackup;
import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.core.backup.BackupPlan.Verification;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.swarm.Swarm;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code prodstack backup verify}. */
@Command(
        name = "verify",
        header = "Check that the repository is in order and has all that the backups need.",
        description = {
            "prodstack backup verify           the structure: is every piece there?",
            "prodstack backup verify --data    and is every byte what it should be?",
        },
        customSynopsis = "prodstack backup verify [OPTIONS]")
final class BackupVerifyCommand extends BackupAction {
    @Option(names = "--data", description = "Read all data, and compare it with its digests.")
    private boolean data;

    BackupVerifyCommand() {}

    @Override
    ExitCode run(Context context, Swarm swarm, Stack stack) throws IOException {
        OutputFormat format = context.format(OutputFormat.TABLE, OutputFormat.JSON, OutputFormat.YAML);
        StackBackup backup = backups(context, swarm, stack, new BackupEvents(context));
        Map<String, String> facts =
                backup.verify(data ? Verification.Level.DATA : Verification.Level.STRUCTURE, backup.list());
        context.results()
                .print(
                        format == OutputFormat.TABLE
                                ? "In order: " + facts.get("snapshots") + " snapshots, " + facts.get("packs")
                                        + " packs, of which " + facts.get("packs_read") + " were read.\n"
                                : format.print(RecordData.words(facts)));
        return ExitCode.DONE;
    }
}
