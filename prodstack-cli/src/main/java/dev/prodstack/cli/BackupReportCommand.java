package dev.prodstack.cli;

import dev.prodstack.backup.stack.BackupMetrics;
import dev.prodstack.backup.stack.BackupPage;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.core.backup.BackupRecord;
import dev.prodstack.core.print.JsonText;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.core.value.Data;
import dev.prodstack.swarm.Swarm;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code prodstack backup report}. */
@Command(
        name = "report",
        header = "Report on the backups: a page, metrics, or JSON.",
        description = {
            "prodstack backup report > backups.html           a page that opens from disk",
            "prodstack backup report --as metrics             as Prometheus reads them",
            "prodstack backup report --as json                all records",
        },
        customSynopsis = "prodstack backup report [OPTIONS]")
final class BackupReportCommand extends BackupAction {
    @Option(names = "--as", paramLabel = "FORM", description = "html (the default), metrics or json.")
    private String form = "html";

    BackupReportCommand() {}

    @Override
    ExitCode run(Context context, Swarm swarm, Stack stack) throws IOException {
        if (!List.of("html", "metrics", "json").contains(form)) {
            throw Failure.usage("--as cannot be \"" + form + "\"", "use html, metrics or json");
        }
        List<BackupRecord> backups = list(context, swarm, stack);
        Instant now = Instant.now();
        context.results()
                .print(
                        switch (form) {
                            case "metrics" -> BackupMetrics.of(stack.name(), backups, now);
                            case "json" ->
                                JsonText.pretty(Data.of(backups.stream()
                                                .map(RecordData::of)
                                                .toList())) + "\n";
                            default -> BackupPage.of(stack.name(), backups, now);
                        });
        return ExitCode.DONE;
    }
}
