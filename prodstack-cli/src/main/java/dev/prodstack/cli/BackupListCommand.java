package dev.prodstack.cli;

import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.display.Table;
import dev.prodstack.cli.observe.Age;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.core.backup.BackupRecord;
import dev.prodstack.core.backup.IncompleteBackup;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.core.value.Data;
import dev.prodstack.swarm.Swarm;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code prodstack backup list}. */
@Command(
        name = "list",
        header = "List the backups of the stack, the oldest first.",
        description = {
            "prodstack backup list            with sizes and how long each took",
            "prodstack backup list -o json    with all parts",
        },
        customSynopsis = "prodstack backup list [OPTIONS]")
final class BackupListCommand extends BackupAction {
    BackupListCommand() {}

    @Override
    ExitCode run(Context context, Swarm swarm, Stack stack) throws IOException {
        OutputFormat format = context.format(OutputFormat.TABLE, OutputFormat.JSON, OutputFormat.YAML);
        List<BackupRecord> backups = list(context, swarm, stack);
        context.results()
                .print(
                        format == OutputFormat.TABLE
                                ? text(backups, context)
                                : format.print(Data.of(
                                        backups.stream().map(RecordData::of).toList())));
        return ExitCode.DONE;
    }

    private static String text(List<BackupRecord> backups, Context context) {
        Table table = new Table("BACKUP", "AGE", "STATE", "PARTS", "READ", "ADDED", "TOOK");
        for (BackupRecord backup : backups) {
            String whole = backup.purpose() == BackupRecord.Purpose.SAFETY ? "before a restore" : "complete";
            table.row(
                    backup.id(),
                    Age.between(backup.begun(), Instant.now()),
                    backup instanceof IncompleteBackup incomplete
                            ? incomplete.failures().size() + " failed"
                            : whole,
                    Integer.toString(backup.parts().size()),
                    Sizes.of(backup.bytesRead()),
                    Sizes.of(backup.bytesStored()),
                    BackupEvents.seconds(Duration.between(backup.begun(), backup.ended())));
        }
        return table.print(context.style());
    }
}
