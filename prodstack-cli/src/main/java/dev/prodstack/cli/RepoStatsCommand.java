package dev.prodstack.cli;

import dev.prodstack.backup.browse.Statistics;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.display.Table;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.core.value.Data;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code prodstack repo stats}. */
@Command(
        name = "stats",
        header = "Show how large snapshots and their repository are.",
        description = {
            "prodstack repo stats              of all snapshots together",
            "prodstack repo stats --host web1  of those of a host",
        },
        customSynopsis = "prodstack repo stats [OPTIONS]")
final class RepoStatsCommand extends ReadingAction {
    @Mixin
    private SnapshotOptions snapshots = new SnapshotOptions();

    RepoStatsCommand() {}

    @Override
    ExitCode read(Context context, Repository opened) throws IOException {
        OutputFormat format = context.format(OutputFormat.TABLE, OutputFormat.JSON);
        var among = snapshots.filter().of(opened.snapshots());
        opened.loadIndex();
        Statistics statistics = Statistics.of(opened, among);
        context.results()
                .print(format == OutputFormat.JSON ? format.print(data(statistics)) : table(statistics, context));
        return ExitCode.DONE;
    }

    private static String table(Statistics statistics, Context context) {
        double saved = statistics.bytes() == 0 ? 0 : 100.0 - 100.0 * statistics.storedBytes() / statistics.bytes();
        Table table = new Table("WHAT", "NUMBER", "SIZE");
        table.row("snapshots", Long.toString(statistics.snapshots()), "");
        table.row("files, as restored", Long.toString(statistics.files()), Sizes.of(statistics.bytes()));
        table.row("their blobs", Long.toString(statistics.blobs()), Sizes.of(statistics.blobBytes()));
        table.row("these as stored", "", Sizes.of(statistics.storedBytes()));
        table.row("packs of the repository", Long.toString(statistics.packs()), Sizes.of(statistics.packBytes()));
        return table.print(context.style())
                + String.format(Locale.ROOT, "%.1f %% saved by deduplication and compression.%n", saved);
    }

    private static Data data(Statistics statistics) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("snapshots", Data.of(statistics.snapshots()));
        fields.put("files", Data.of(statistics.files()));
        fields.put("bytes", Data.of(statistics.bytes()));
        fields.put("blobs", Data.of(statistics.blobs()));
        fields.put("blob_bytes", Data.of(statistics.blobBytes()));
        fields.put("stored_bytes", Data.of(statistics.storedBytes()));
        fields.put("packs", Data.of(statistics.packs()));
        fields.put("pack_bytes", Data.of(statistics.packBytes()));
        return Data.of(fields);
    }
}
