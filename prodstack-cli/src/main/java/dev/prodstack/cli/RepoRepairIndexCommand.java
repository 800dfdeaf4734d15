package dev.prodstack.cli;

import dev.prodstack.backup.RepairIndex;
import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.repair.IndexReport;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.outcome.Counted;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.core.value.Data;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code prodstack repo repair-index}. */
@Command(
        name = "repair-index",
        header = "Make the index anew of the packs that are there.",
        description = {
            "prodstack repo repair-index --dry-run    what is wrong with it",
            "prodstack repo repair-index              read what it does not name",
            "prodstack repo repair-index --all        read the header of every pack",
        },
        customSynopsis = "prodstack repo repair-index [OPTIONS]")
final class RepoRepairIndexCommand extends RepositoryAction {
    @Option(names = "--all", description = "Believe nothing of the present index.")
    private boolean all;

    @Option(names = "--dry-run", description = "Show what is wrong and change nothing.")
    private boolean dryRun;

    RepoRepairIndexCommand() {}

    /** What is looked at is the repository, not copies of it. */
    @Override
    Repository open(RepositoryOptions options, Context context) throws IOException {
        return options.openItself(context);
    }

    @Override
    ExitCode run(Context context, Repository opened) throws IOException, InterruptedException {
        OutputFormat format = context.format(OutputFormat.TABLE, OutputFormat.JSON);
        RepairIndex how = all ? RepairIndex.THOROUGH : RepairIndex.QUICK;
        IndexReport report = dryRun ? how.plan(opened) : how.of(opened);
        context.results().print(format == OutputFormat.JSON ? format.print(json(report)) : text(report));
        return report.unreadable().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private String text(IndexReport report) {
        StringBuilder text = new StringBuilder();
        report.unlisted()
                .forEach(pack ->
                        text.append("not in the index: pack ").append(pack).append('\n'));
        report.missing()
                .forEach(pack -> text.append("not there: pack ").append(pack).append('\n'));
        report.damagedFiles().values().forEach(why -> text.append(why).append('\n'));
        report.unreadable().values().forEach(why -> text.append(why).append('\n'));
        String end = report.isClean()
                ? "Nothing is wrong with the index.\n"
                : (dryRun ? "Would put right " : "Put right ")
                        + Counted.of(report.unlisted().size() + report.missing().size(), "pack")
                        + ".\n";
        return text + end;
    }

    private static Data json(IndexReport report) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("unlisted", ids(report.unlisted()));
        fields.put("missing", ids(report.missing()));
        fields.put("unreadable", ids(report.unreadable().keySet()));
        fields.put(
                "damaged_files",
                Data.of(report.damagedFiles().keySet().stream().map(Data::of).toList()));
        return Data.of(fields);
    }

    private static Data ids(Collection<ContentId> ids) {
        return Data.of(ids.stream().map(ContentId::toString).map(Data::of).toList());
    }
}
