package dev.prodstack.cli;

import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.swarm.Swarm;
import dev.prodstack.swarm.plan.Plan;
import dev.prodstack.swarm.release.Release;
import dev.prodstack.swarm.release.Release.Outcome;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code prodstack rollback}. */
@Command(
        name = "rollback",
        header = "Bring the whole stack back to an earlier release, from any machine.",
        description = {
            "prodstack rollback --dry-run   what going back one release would change",
            "prodstack rollback             go back to it, and wait until all is healthy",
            "prodstack rollback --to 7      to release 7 of prodstack releases",
        },
        customSynopsis = "prodstack rollback [OPTIONS]",
        footer = {
            "It needs no Compose file: images, secrets and configs are those that the release",
            "used. Services that are not of it are removed; volumes and external secrets stay",
            "as they are. Going back is itself a release, so that one can go forth again."
        })
final class RollbackCommand extends StackAction {
    @Option(names = "--to", paramLabel = "RELEASE", description = "Which one; by default the one before what runs now.")
    private Optional<Integer> to = Optional.empty();

    @Mixin
    private ApplyOptions applying = new ApplyOptions();

    RollbackCommand() {}

    @Override
    ExitCode run(Context context) {
        applying.options();
        try (Swarm swarm = ConnectionOptions.connect(context)) {
            String name = StackNames.resolve(context, swarm);
            Release target = target(name, swarm.releases(name));
            context.messages()
                    .note("back to release " + target.number() + ": " + target.command() + " by " + target.by() + " at "
                            + ReleaseTable.time(target));
            ApplyOptions.Work work = new ApplyOptions.Work(
                    name, "rollback", "rollback to " + target.number(), () -> plan(swarm, target));
            return applying.run(context, swarm, work);
        }
    }

    private static Plan plan(Swarm swarm, Release target) {
        try {
            return swarm.planRollback(target);
        } catch (IllegalArgumentException e) {
            throw Failure.failed(String.valueOf(e.getMessage()), "use that version of prodstack to go back to it");
        }
    }

    private Release target(String name, List<Release> releases) {
        if (to.isPresent()) {
            Release release = ReleaseTable.find(name, releases, to.get());
            if (release.outcome() != Outcome.DONE) {
                throw Failure.failed(
                        "release " + release.number() + " of " + name + " never ran as a whole: its outcome is \""
                                + release.outcome() + "\"",
                        "choose one that is done from: prodstack releases");
            }
            return release;
        }
        List<Release> done = releases.stream()
                .filter(release -> release.outcome() == Outcome.DONE)
                .toList();
        boolean lastRuns = !releases.isEmpty()
                && !releases.get(releases.size() - 1).outcome().isUnfinished();
        int index = done.size() - (lastRuns ? 2 : 1);
        if (index < 0) {
            throw Failure.failed(
                    "there is no release of " + name + " to go back to",
                    "prodstack releases shows those that the cluster keeps");
        }
        return done.get(index);
    }
}
