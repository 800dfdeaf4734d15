package dev.prodstack.cli;

import dev.prodstack.backup.Forget;
import dev.prodstack.backup.Prune;
import dev.prodstack.backup.forget.ForgetPlan;
import dev.prodstack.backup.forget.ForgetPolicy;
import dev.prodstack.backup.forget.Grouping;
import dev.prodstack.backup.prune.PrunePlan;
import dev.prodstack.backup.prune.PruneRules;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.display.Table;
import dev.prodstack.cli.outcome.Counted;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.core.value.Data;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code prodstack repo forget}. */
@Command(
        name = "forget",
        header = "Remove snapshots that no rule keeps. What they held goes with prune.",
        description = {
            "prodstack repo forget --dry-run                   the last 30 days stay",
            "prodstack repo forget --keep-daily 14 --keep-monthly 12 --prune",
            "prodstack repo forget --keep-within 30d --tag db  of some snapshots only",
            "prodstack repo forget 5f1c22a9                    this one, whatever the rules",
        },
        customSynopsis = "prodstack repo forget [SNAPSHOT...] [OPTIONS]")
final class RepoForgetCommand extends RepositoryAction {
    @Parameters(paramLabel = "SNAPSHOT", arity = "0..*", description = "Remove these, in place of what rules say.")
    private List<String> snapshots = new ArrayList<>();

    @Mixin
    private KeepOptions keep = new KeepOptions();

    @Option(names = "--prune", description = "Free the room of what is needed no more, too.")
    private boolean prune;

    @Option(names = "--dry-run", description = "Show what would be removed and change nothing.")
    private boolean dryRun;

    @Mixin
    private SnapshotOptions which = new SnapshotOptions();

    RepoForgetCommand() {}

    @Override
    ExitCode run(Context context, Repository opened) throws IOException, InterruptedException {
        OutputFormat format = context.format(OutputFormat.TABLE, OutputFormat.JSON);
        ForgetPlan plan = snapshots.isEmpty() ? byRules(opened) : named(opened);
        Optional<PrunePlan> freed = dryRun ? Optional.empty() : perform(opened, plan);
        context.results().print(format == OutputFormat.JSON ? format.print(json(plan)) : table(plan, context));
        freed.ifPresent(pruned -> context.messages().note("Freed " + Sizes.of(pruned.freedBytes()) + "."));
        return ExitCode.DONE;
    }

    private ForgetPlan byRules(Repository opened) throws IOException {
        ForgetPolicy policy = keep.policy();
        List<StoredSnapshot> some = which.filter().of(opened.snapshots());
        return Forget.by(policy)
                .groupedBy(keep.grouping())
                .among(some::contains)
                .plan(opened);
    }

    private ForgetPlan named(Repository opened) throws IOException {
        List<ForgetPlan.Decision> decisions = new ArrayList<>();
        for (String word : snapshots) {
            decisions.add(new ForgetPlan.Decision(which.snapshot(opened, SnapshotOptions.name(word)), List.of()));
        }
        Grouping.Group all = new Grouping.Group(Optional.empty(), Optional.empty(), Optional.empty());
        return new ForgetPlan(List.of(new ForgetPlan.GroupPlan(all, decisions)));
    }

    private Optional<PrunePlan> perform(Repository opened, ForgetPlan plan) throws IOException, InterruptedException {
        if (snapshots.isEmpty()) {
            Forget.perform(opened, plan);
        } else {
            Forget.remove(
                    opened, plan.forgotten().stream().map(StoredSnapshot::id).collect(Collectors.toSet()));
        }
        return prune ? Optional.of(Prune.by(PruneRules.STANDARD).of(opened)) : Optional.empty();
    }

    private String table(ForgetPlan plan, Context context) {
        StringBuilder text = new StringBuilder();
        for (ForgetPlan.GroupPlan group : plan.groups()) {
            Table table = new Table("ID", "TIME", "", "REASON");
            group.decisions()
                    .forEach(decision -> table.row(
                            decision.snapshot().id().brief(),
                            SnapshotData.time(decision.snapshot()),
                            decision.kept() ? "keep" : "forget",
                            snapshots.isEmpty() ? decision.reason() : "named"));
            text.append(group.group()).append('\n').append(table.print(context.style()));
        }
        return text + (dryRun ? "Would keep " : "Kept ")
                + Counted.of(plan.kept().size(), "snapshot") + (dryRun ? " and forget " : " and forgot ")
                + plan.forgotten().size() + ".\n";
    }

    private static Data json(ForgetPlan plan) {
        List<Data> groups = new ArrayList<>();
        for (ForgetPlan.GroupPlan group : plan.groups()) {
            List<Data> decisions = new ArrayList<>();
            for (ForgetPlan.Decision decision : group.decisions()) {
                decisions.add(Data.of(Map.of(
                        "snapshot", SnapshotData.of(decision.snapshot()),
                        "kept", Data.of(decision.kept()),
                        "reasons",
                                Data.of(decision.reasons().stream()
                                        .map(Data::of)
                                        .toList()))));
            }
            Map<String, Data> fields = new LinkedHashMap<>();
            fields.put("group", Data.of(group.group().toString()));
            fields.put("snapshots", Data.of(decisions));
            groups.add(Data.of(fields));
        }
        return Data.of(groups);
    }
}
