package dev.prodstack.cli;

import dev.prodstack.cli.outcome.Counted;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.swarm.plan.Plan;
import dev.prodstack.swarm.plan.PlanOptions;
import dev.prodstack.swarm.plan.PlanOptions.ImageResolution;
import dev.prodstack.swarm.plan.PlanOptions.Orphans;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say how a plan is made. */
final class PlanningOptions {
    @Option(
            names = "--resolve-image",
            paramLabel = "WHEN",
            description = "When to ask the registry which digest a tag stands for: ${COMPLETION-CANDIDATES}. "
                    + "By default always; never also allows images that only the nodes have.")
    private ImageResolution images = ImageResolution.ALWAYS;

    @Option(
            names = "--prune",
            description = "Remove services, configs, secrets and networks of the stack that are no longer in the file, "
                    + "after everything else has succeeded.")
    private boolean prune;

    @Option(
            names = "--prune-volume",
            paramLabel = "NAME",
            description = "Remove this volume of the stack, with all it holds, from the node of the engine, after "
                    + "everything else has succeeded. It must be gone from the file; repeatable.")
    private List<String> volumes = new ArrayList<>();

    PlanOptions options() {
        return new PlanOptions(images, prune ? Orphans.REMOVE : Orphans.KEEP, volumes);
    }

    /** The end of a command whose plan cannot be applied; what is in the way was printed with the plan. */
    static Failure obstructed(Plan plan) {
        return Failure.failed(
                Counted.of(plan.obstacles().size(), "thing")
                        + (plan.obstacles().size() == 1 ? " stands" : " stand")
                        + " in the way of this plan; nothing was changed",
                "");
    }
}
