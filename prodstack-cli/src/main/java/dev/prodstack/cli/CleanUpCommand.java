package dev.prodstack.cli;

import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.display.Table;
import dev.prodstack.cli.outcome.Counted;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.core.value.Data;
import dev.prodstack.swarm.Swarm;
import dev.prodstack.swarm.cleanup.CleanUpPlan;
import dev.prodstack.swarm.cleanup.CleanUpPlan.Image;
import dev.prodstack.swarm.cleanup.CleanUpPlan.Naming;
import dev.prodstack.swarm.cleanup.CleanUpPlan.Volume;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code prodstack clean-up}. */
@Command(
        name = "clean-up",
        header = "Remove images, volumes and versions of secrets that nobody uses any more.",
        description = {
            "prodstack clean-up                          what could go; removes nothing",
            "prodstack clean-up --confirm n1             remove it, on the node n1",
            "prodstack clean-up --volumes --confirm n1   also volumes that somebody named",
        },
        customSynopsis = "prodstack clean-up [--confirm NODE] [OPTIONS]",
        footer = {
            "Images and volumes are those of the node that --host leads to; connect to each node",
            "in turn. Images that a service runs or a kept release needs stay. A volume goes with",
            "what is in it: those that somebody gave a name only go with --volumes."
        })
final class CleanUpCommand extends EngineAction {
    @Option(names = "--volumes", description = "Also volumes that have a name, with the data in them.")
    private boolean volumes;

    @Option(
            names = "--confirm",
            paramLabel = "NODE",
            description = "The name of the node, to show that it is meant. Without it nothing is removed.")
    private Optional<String> confirmed = Optional.empty();

    CleanUpCommand() {}

    @Override
    ExitCode run(Context context) {
        OutputFormat format = context.format(OutputFormat.TABLE, OutputFormat.YAML, OutputFormat.JSON);
        try (Swarm swarm = ConnectionOptions.connect(context)) {
            CleanUpPlan all = swarm.cleanUp().plan();
            CleanUpPlan plan = volumes ? all : all.withoutNamedVolumes();
            context.results().print(format == OutputFormat.TABLE ? text(all, plan, context) : format.print(data(plan)));
            if (confirmed.isEmpty() || plan.isEmpty()) {
                return ExitCode.DONE;
            }
            if (!confirmed.get().equals(plan.node())) {
                throw Failure.usage(
                        "--confirm says " + confirmed.get() + ", the node is " + plan.node(),
                        "if that is meant, say --confirm " + plan.node());
            }
            return new AuditTrail(context, swarm, "", "clean-up").around(changes(plan), () -> remove(swarm, plan));
        }
    }

    private static ExitCode remove(Swarm swarm, CleanUpPlan plan) {
        List<String> left = swarm.cleanUp().apply(plan);
        if (!left.isEmpty()) {
            throw Failure.failed(
                    Counted.of(left.size(), "thing") + " could not be removed: " + String.join("; ", left),
                    "look who uses it, and run it again");
        }
        return ExitCode.DONE;
    }

    private static List<String> changes(CleanUpPlan plan) {
        List<String> changes = new ArrayList<>();
        plan.images().forEach(image -> changes.add("remove image " + image.name() + " on " + plan.node()));
        plan.volumes().forEach(volume -> changes.add("remove volume " + volume.name() + " on " + plan.node()));
        plan.secrets().forEach(secret -> changes.add("remove secret " + secret.name()));
        return changes;
    }

    private static String text(CleanUpPlan all, CleanUpPlan plan, Context context) {
        long kept = (long) all.volumes().size() - plan.volumes().size();
        String more = kept == 0 ? "" : Counted.of(kept, "volume") + " with a name stay without --volumes.\n";
        if (plan.isEmpty()) {
            return "Nothing to do on " + plan.node() + ".\n" + more;
        }
        Table table = new Table("KIND", "NAME", "SIZE");
        plan.images().forEach(image -> table.row("image", image.name(), megabytes(image)));
        plan.volumes().forEach(volume -> table.row("volume", volume.name(), ""));
        plan.secrets().forEach(secret -> table.row("secret", secret.name() + " (of " + secret.of() + ")", ""));
        return table.print(context.style()) + more;
    }

    private static String megabytes(Image image) {
        return String.format(Locale.ROOT, "%.1f MB", image.bytes() / 1e6);
    }

    private static Data data(CleanUpPlan plan) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("node", Data.of(plan.node()));
        fields.put(
                "images",
                Data.of(plan.images().stream().map(CleanUpCommand::image).toList()));
        fields.put(
                "volumes",
                Data.of(plan.volumes().stream().map(CleanUpCommand::volume).toList()));
        fields.put(
                "secrets",
                Data.of(plan.secrets().stream()
                        .map(secret -> Data.of(Map.of("name", Data.of(secret.name()), "of", Data.of(secret.of()))))
                        .toList()));
        return Data.of(fields);
    }

    private static Data image(Image image) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("id", Data.of(image.id()));
        fields.put("name", Data.of(image.name()));
        fields.put("bytes", Data.of(image.bytes()));
        return Data.of(fields);
    }

    private static Data volume(Volume volume) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("name", Data.of(volume.name()));
        fields.put("anonymous", Data.of(volume.naming() == Naming.ANONYMOUS));
        return Data.of(fields);
    }
}
