package dev.prodstack.cli;

import dev.prodstack.backup.repository.Repository;
import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.outcome.Counted;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.core.value.Data;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code prodstack repo unlock}. */
@Command(
        name = "unlock",
        header = "Remove locks that others left behind.",
        description = {
            "prodstack repo unlock         locks whose owners are gone",
            "prodstack repo unlock --all   every lock: only if nobody works on it",
        },
        customSynopsis = "prodstack repo unlock [OPTIONS]",
        footer = {"Locks that prodstack left behind are removed by whoever comes next, unasked."})
final class RepoUnlockCommand extends RepositoryAction {
    @Option(names = "--all", description = "Also locks of who still works, and then writes no more.")
    private boolean all;

    RepoUnlockCommand() {}

    @Override
    ExitCode run(Context context, Repository opened) throws IOException {
        OutputFormat format = context.format(OutputFormat.TABLE, OutputFormat.JSON);
        int removed = all ? opened.unlockAll() : opened.unlock();
        context.results()
                .print(
                        format == OutputFormat.JSON
                                ? format.print(Data.of(Map.of("removed", Data.of(removed))))
                                : "Removed " + Counted.of(removed, "lock") + ".\n");
        return ExitCode.DONE;
    }
}
