package dev.prodstack.cli;

import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.cli.report.PlanData;
import dev.prodstack.cli.report.PlanText;
import dev.prodstack.swarm.Swarm;
import dev.prodstack.swarm.plan.Plan;
import dev.prodstack.swarm.release.Release;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code prodstack diff}. */
@Command(
        name = "diff",
        header = "Show what differs between two releases of a stack, field by field.",
        description = {
            "prodstack diff 6 7          what release 7 made of release 6",
            "prodstack diff 6            what was made of it up to the last release",
            "prodstack diff 6 7 -o json  for a script",
        },
        customSynopsis = "prodstack diff RELEASE [RELEASE] [OPTIONS]")
final class DiffCommand extends StackAction {
    @Parameters(
            arity = "0..2",
            paramLabel = "RELEASE",
            description = "The numbers of two of them, or of the older one.")
    private List<Integer> numbers = new ArrayList<>();

    DiffCommand() {}

    @Override
    ExitCode run(Context context) {
        OutputFormat format = context.format(OutputFormat.TABLE, OutputFormat.YAML, OutputFormat.JSON);
        if (numbers.isEmpty()) {
            throw Failure.usage(
                    "no release given", "name two, such as prodstack diff 6 7; prodstack releases has them");
        }
        try (Swarm swarm = ConnectionOptions.connect(context)) {
            String name = StackNames.resolve(context, swarm);
            List<Release> releases = swarm.releases(name);
            Release before = ReleaseTable.find(name, releases, numbers.get(0));
            Release after = numbers.size() > 1
                    ? ReleaseTable.find(name, releases, numbers.get(1))
                    : releases.get(releases.size() - 1);
            Plan plan = difference(before, after);
            context.results()
                    .print(
                            format == OutputFormat.TABLE
                                    ? PlanText.of(plan, context.style())
                                    : format.print(PlanData.of(plan)));
            return ExitCode.DONE;
        }
    }

    private static Plan difference(Release before, Release after) {
        try {
            return Swarm.difference(before, after);
        } catch (IllegalArgumentException e) {
            throw Failure.failed(String.valueOf(e.getMessage()), "use that version of prodstack to compare it");
        }
    }
}
