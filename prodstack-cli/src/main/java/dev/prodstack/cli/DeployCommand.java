package dev.prodstack.cli;

import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.core.compose.ComposeFile;
import dev.prodstack.swarm.Swarm;
import dev.prodstack.swarm.progress.DeployOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code prodstack deploy}. */
@Command(
        name = "deploy",
        header = "Make the swarm run what the Compose files say, and wait until it does.",
        description = {
            "prodstack deploy                     the stack of ./compose.yaml",
            "prodstack deploy --dry-run           show the plan, change nothing",
            "prodstack deploy --timeout 5m        five minutes until all is healthy",
            "prodstack deploy --on-failure leave  keep what failed, to look at it",
            "prodstack deploy -o json             progress and result as JSON",
        },
        customSynopsis = "prodstack deploy [OPTIONS]",
        footer = {
            "Everything is checked before the first change. Services start in the order of",
            "depends_on, each when those it needs are healthy. If one fails, all that was",
            "changed goes back to what ran before, and the exit code is 4."
        })
final class DeployCommand extends StackAction {
    @Option(
            names = "--keep-releases",
            paramLabel = "NUMBER",
            description = "How many releases the cluster remembers; by default 10.")
    private int keepReleases = DeployOptions.KEPT_RELEASES;

    @Mixin
    private ApplyOptions applying = new ApplyOptions();

    @Mixin
    private PlanningOptions planning = new PlanningOptions();

    DeployCommand() {}

    @Override
    ExitCode run(Context context) {
        if (keepReleases < 1) {
            throw Failure.usage("--keep-releases cannot be " + keepReleases, "keep 1 or more");
        }
        applying.keepReleases(keepReleases);
        applying.options();
        ComposeFile file = StackFiles.load(context);
        try (Swarm swarm = ConnectionOptions.connect(context)) {
            ExitCode code = applying.run(
                    context,
                    swarm,
                    new ApplyOptions.Work(
                            file.stack().name(), "deploy", () -> swarm.plan(file.stack(), planning.options())));
            if (!applying.dryRun()) {
                DeployedStack.keep(swarm.store(), file.stack());
            }
            return code;
        }
    }
}
