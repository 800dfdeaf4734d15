package dev.prodstack.cli;

import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.core.value.Data;
import dev.prodstack.swarm.Swarm;
import dev.prodstack.swarm.release.Release;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code prodstack releases}. */
@Command(
        name = "releases",
        header = "Show the releases of a stack that the cluster keeps, or one of them in full.",
        description = {
            "prodstack releases            who deployed what when, and how it ended",
            "prodstack releases 7          all that release 7 holds, as YAML",
            "prodstack releases -o json    for a script",
        },
        customSynopsis = "prodstack releases [RELEASE] [OPTIONS]",
        footer = {"The last ten are kept, or as many as deploy --keep-releases says, and the last one", "that was done."
        })
final class ReleasesCommand extends StackAction {
    @Parameters(arity = "0..1", paramLabel = "RELEASE", description = "The number of one of them.")
    private Optional<Integer> number = Optional.empty();

    ReleasesCommand() {}

    @Override
    ExitCode run(Context context) {
        OutputFormat format = context.format(OutputFormat.TABLE, OutputFormat.YAML, OutputFormat.JSON);
        try (Swarm swarm = ConnectionOptions.connect(context)) {
            String name = StackNames.resolve(context, swarm);
            List<Release> releases = swarm.releases(name);
            context.results()
                    .print(number.isPresent() ? whole(name, releases, format) : list(context, releases, format));
            return ExitCode.DONE;
        }
    }

    private static String list(Context context, List<Release> releases, OutputFormat format) {
        return format == OutputFormat.TABLE
                ? ReleaseTable.of(releases, context.style())
                : format.print(Data.of(
                        releases.stream().map(ReleaseTable::data).map(Data::of).toList()));
    }

    private String whole(String name, List<Release> releases, OutputFormat format) {
        Release release = ReleaseTable.find(name, releases, number.orElseThrow());
        Map<String, Data> fields = ReleaseTable.data(release);
        fields.put("content", release.content());
        return (format == OutputFormat.TABLE ? OutputFormat.YAML : format).print(Data.of(fields));
    }
}
