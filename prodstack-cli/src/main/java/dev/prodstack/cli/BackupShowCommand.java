package dev.prodstack.cli;

import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.display.Table;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.core.backup.BackupPart;
import dev.prodstack.core.backup.BackupRecord;
import dev.prodstack.core.backup.IncompleteBackup;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.swarm.Swarm;
import java.io.IOException;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code prodstack backup show}. */
@Command(
        name = "show",
        header = "Show what is in a backup, part by part.",
        description = {
            "prodstack backup show                the newest",
            "prodstack backup show 20261126T02    one of them, by the beginning of its id",
        },
        customSynopsis = "prodstack backup show [BACKUP] [OPTIONS]",
        footer = "Each part names its snapshots, which restic restores too: restic restore ID.")
final class BackupShowCommand extends BackupAction {
    @Parameters(arity = "0..1", paramLabel = "BACKUP", description = "Which one; by default latest.")
    private String backup = BackupChoice.LATEST;

    BackupShowCommand() {}

    @Override
    ExitCode run(Context context, Swarm swarm, Stack stack) throws IOException {
        OutputFormat format = context.format(OutputFormat.TABLE, OutputFormat.JSON, OutputFormat.YAML);
        BackupRecord meant = BackupChoice.of(list(context, swarm, stack), backup);
        context.results()
                .print(format == OutputFormat.TABLE ? text(meant, context) : format.print(RecordData.of(meant)));
        return ExitCode.DONE;
    }

    private static String text(BackupRecord backup, Context context) {
        Table table = new Table("SERVICE", "SOURCE", "KIND", "NODE", "READ", "ADDED", "SNAPSHOTS");
        for (BackupPart part : backup.parts()) {
            table.row(
                    part.service(),
                    part.source(),
                    part.kind(),
                    part.node(),
                    Sizes.of(part.bytesRead()),
                    Sizes.of(part.bytesStored()),
                    part.snapshots().stream().map(id -> id.substring(0, 8)).collect(Collectors.joining(" ")));
        }
        StringBuilder text = new StringBuilder(table.print(context.style()));
        if (backup instanceof IncompleteBackup incomplete) {
            incomplete
                    .failures()
                    .forEach(failed -> text.append("not stored: ")
                            .append(failed.service())
                            .append(' ')
                            .append(failed.source())
                            .append(": ")
                            .append(failed.reason())
                            .append('\n'));
        }
        return text.toString();
    }
}
