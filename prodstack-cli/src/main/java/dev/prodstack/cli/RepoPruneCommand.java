package dev.prodstack.cli;

import dev.prodstack.backup.Prune;
import dev.prodstack.backup.prune.Allowance;
import dev.prodstack.backup.prune.PrunePlan;
import dev.prodstack.backup.prune.PruneProgress;
import dev.prodstack.backup.prune.PruneRules;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.display.Table;
import dev.prodstack.cli.outcome.Counted;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.core.value.ByteSize;
import dev.prodstack.core.value.Data;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code prodstack repo prune}. */
@Command(
        name = "prune",
        header = "Free the room of what no snapshot needs.",
        description = {
            "prodstack repo prune --dry-run          what would be removed and repacked",
            "prodstack repo prune                    until 5 % is left unused",
            "prodstack repo prune --max-unused 0     all of it",
            "prodstack repo prune --max-repack-size 10GiB",
        },
        customSynopsis = "prodstack repo prune [OPTIONS]",
        footer = {"Nobody else can work on the repository meanwhile."})
final class RepoPruneCommand extends RepositoryAction {
    @Option(
            names = "--max-unused",
            paramLabel = "LIMIT",
            description = "Leave this much unused: 5%%, 2GiB, 0 or unlimited. By default 5%%.")
    private Optional<String> unused = Optional.empty();

    @Option(names = "--max-repack-size", paramLabel = "SIZE", description = "Rewrite no more than this.")
    private Optional<String> mostRepacked = Optional.empty();

    @Option(names = "--repack-uncompressed", description = "Also compress what is not.")
    private boolean uncompressed;

    @Option(names = "--repack-small", description = "Also join packs below 4 MiB.")
    private boolean small;

    @Option(names = "--dry-run", description = "Show the plan and change nothing.")
    private boolean dryRun;

    RepoPruneCommand() {}

    @Override
    ExitCode run(Context context, Repository opened) throws IOException, InterruptedException {
        OutputFormat format = context.format(OutputFormat.TABLE, OutputFormat.JSON);
        Prune prune = Prune.by(rules()).telling(progress(context));
        PrunePlan plan = dryRun ? prune.plan(opened) : prune.of(opened);
        context.results().print(format == OutputFormat.JSON ? format.print(json(plan)) : table(plan, context));
        return ExitCode.DONE;
    }

    private PruneRules rules() {
        PruneRules rules = PruneRules.STANDARD;
        try {
            rules = unused.isPresent() ? rules.allowing(Allowance.parse(unused.get())) : rules;
            rules = mostRepacked.isPresent() ? rules.repackingAtMost(ByteSize.parse(mostRepacked.get())) : rules;
        } catch (IllegalArgumentException e) {
            throw Failure.usage("a limit cannot be understood: " + e.getMessage(), "such as 5%, 2GiB or 0");
        }
        rules = uncompressed ? rules.alsoRepacking(PruneRules.Repack.UNCOMPRESSED) : rules;
        return small ? rules.alsoRepacking(PruneRules.Repack.SMALL) : rules;
    }

    private static PruneProgress progress(Context context) {
        return (step, done, of) -> {
            String word = step.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            Map<String, Data> fields = new LinkedHashMap<>();
            fields.put("step", Data.of(word));
            fields.put("done", Data.of(done));
            of.ifPresent(all -> fields.put("of", Data.of(all)));
            context.messages()
                    .progress(word + " " + done + of.map(all -> "/" + all).orElse(""), fields);
        };
    }

    private String table(PrunePlan plan, Context context) {
        Table table = new Table("", "PACKS", "USED", "UNUSED");
        for (PrunePlan.Action action : PrunePlan.Action.values()) {
            List<PrunePlan.Decision> packs = plan.of(action);
            table.row(
                    action.name().toLowerCase(Locale.ROOT),
                    Integer.toString(packs.size()),
                    Sizes.of(packs.stream()
                            .mapToLong(decision -> decision.pack().usedBytes())
                            .sum()),
                    Sizes.of(packs.stream()
                            .mapToLong(decision -> decision.pack().unusedBytes())
                            .sum()));
        }
        long locked = plan.decisions().stream()
                .filter(decision -> decision.reason().startsWith("locked"))
                .count();
        return table.print(context.style())
                + (plan.unreferenced().isEmpty()
                        ? ""
                        : Counted.of(plan.unreferenced().size(), "pack") + " that no index names "
                                + (dryRun ? "would be" : "were") + " removed.\n")
                + (locked == 0 ? "" : Counted.of(locked, "pack") + " kept by the storage's lock.\n")
                + (dryRun ? "Would free " : "Freed ") + Sizes.of(plan.freedBytes()) + ", leaving "
                + Sizes.of(plan.remainingBytes()) + " unused beside " + Sizes.of(plan.usedBytes()) + " used.\n";
    }

    private static Data json(PrunePlan plan) {
        List<Data> packs = new ArrayList<>();
        for (PrunePlan.Decision decision : plan.decisions()) {
            Map<String, Data> fields = new LinkedHashMap<>();
            fields.put("pack", Data.of(decision.pack().pack().toString()));
            fields.put("action", Data.of(decision.action().name().toLowerCase(Locale.ROOT)));
            fields.put("reason", Data.of(decision.reason()));
            fields.put("size", Data.of(decision.pack().size()));
            fields.put("used", Data.of(decision.pack().usedBytes()));
            packs.add(Data.of(fields));
        }
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("used", Data.of(plan.usedBytes()));
        fields.put("unused", Data.of(plan.unusedBytes()));
        fields.put("repacked", Data.of(plan.repackedBytes()));
        fields.put("freed", Data.of(plan.freedBytes()));
        fields.put("remaining", Data.of(plan.remainingBytes()));
        fields.put("unreferenced", Data.of(plan.unreferenced().size()));
        fields.put("packs", Data.of(packs));
        return Data.of(fields);
    }
}
