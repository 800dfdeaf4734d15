package dev.prodstack.cli;

import dev.prodstack.backup.browse.Difference;
import dev.prodstack.backup.browse.Difference.Change;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.tree.Node;
import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.display.Plain;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.core.print.JsonText;
import dev.prodstack.core.value.Data;
import java.io.IOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code prodstack repo diff}. */
@Command(
        name = "diff",
        header = "Show what differs between two snapshots.",
        description = {
            "prodstack repo diff 3f0c latest             what came, went and changed",
            "prodstack repo diff --metadata 3f0c latest  and modes, owners and times",
        },
        customSynopsis = "prodstack repo diff SNAPSHOT SNAPSHOT [OPTIONS]",
        footer = {
            "+ is in the second only, - in the first only, M has other content, T is of another",
            "kind, U has other metadata. With --output json, each line is an object.",
        })
final class RepoDiffCommand extends ReadingAction {
    @Parameters(index = "0", paramLabel = "SNAPSHOT", description = "The first one.")
    private String first = "";

    @Parameters(index = "1", paramLabel = "SNAPSHOT", description = "The second one.")
    private String second = "";

    @Option(names = "--metadata", description = "Show what has the same content and other metadata too.")
    private boolean metadata;

    @Mixin
    private SnapshotOptions snapshots = new SnapshotOptions();

    RepoDiffCommand() {}

    @Override
    ExitCode read(Context context, Repository opened) throws IOException {
        OutputFormat format = context.format(OutputFormat.TABLE, OutputFormat.JSON);
        StoredSnapshot before = snapshots.snapshot(opened, SnapshotOptions.name(first));
        StoredSnapshot after = snapshots.snapshot(opened, SnapshotOptions.name(second));
        opened.loadIndex();
        Map<Change, Long> counts = new EnumMap<>(Change.class);
        Difference.between(opened, before, after, difference -> {
            if (metadata || difference.change() != Change.METADATA) {
                counts.merge(difference.change(), 1L, Long::sum);
                context.results().print(format == OutputFormat.JSON ? object(difference) : line(difference));
            }
        });
        if (format == OutputFormat.TABLE) {
            context.results()
                    .print(counts.getOrDefault(Change.ADDED, 0L) + " added, "
                            + counts.getOrDefault(Change.REMOVED, 0L) + " removed, "
                            + (counts.getOrDefault(Change.CONTENT, 0L) + counts.getOrDefault(Change.KIND, 0L))
                            + " changed.\n");
        }
        return ExitCode.DONE;
    }

    private static String line(Difference difference) {
        String mark = switch (difference.change()) {
            case ADDED -> "+  ";
            case REMOVED -> "-  ";
            case CONTENT -> "M  ";
            case KIND -> "T  ";
            case METADATA -> "U  ";
        };
        return mark + Plain.line(difference.path()) + "\n";
    }

    private static String object(Difference difference) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("path", Data.of(difference.path()));
        fields.put("change", Data.of(difference.change().toString().toLowerCase(Locale.ROOT)));
        difference.before().map(Node::size).ifPresent(size -> fields.put("size_before", Data.of(size)));
        difference.after().map(Node::size).ifPresent(size -> fields.put("size_after", Data.of(size)));
        return JsonText.compact(Data.of(fields)).strip() + "\n";
    }
}
