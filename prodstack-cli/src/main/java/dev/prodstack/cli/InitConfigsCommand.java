package dev.prodstack.cli;

import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.swarm.Swarm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code prodstack init-configs}. */
@Command(
        name = "init-configs",
        header = "Create the external configs that the stack uses and the swarm does not have yet.",
        description = {
            "prodstack init-configs --dry-run                what is missing",
            "prodstack init-configs --from nginx=nginx.conf  create it from a template",
        },
        customSynopsis = "prodstack init-configs [--from NAME=TEMPLATE]... [OPTIONS]",
        footer = {
            "In a template, ${NAME} in capital letters is replaced, in all the forms that Compose",
            "files know: ${RATE:-10r/s}, ${DOMAIN:?the public name}. The values are those of the",
            "Compose file: the environment, then --env-file or .env. Other dollar signs, such as",
            "$host, stay; $${NAME} means ${NAME}. What exists is never overwritten."
        })
final class InitConfigsCommand extends StackAction {
    @Option(
            names = "--from",
            paramLabel = "NAME=TEMPLATE",
            description = "Create this config from a template; repeatable.")
    private List<String> given = new ArrayList<>();

    @Option(names = "--dry-run", description = "Show what would be created, and create nothing.")
    private boolean dryRun;

    InitConfigsCommand() {}

    @Override
    ExitCode run(Context context) {
        OutputFormat format = context.format(OutputFormat.TABLE, OutputFormat.YAML, OutputFormat.JSON);
        Stack loaded = StackFiles.load(context).stack();
        List<String> names = loaded.externalConfigs();
        Map<String, String> contents = StackFiles.render(context, ExternalNames.parse(context, given, "config", names));
        try (Swarm swarm = ConnectionOptions.connect(context)) {
            List<String> missing = swarm.missingConfigs(loaded);
            List<String> created =
                    missing.stream().filter(contents::containsKey).toList();
            List<String> left =
                    missing.stream().filter(name -> !contents.containsKey(name)).toList();
            if (!dryRun && left.isEmpty()) {
                List<String> changes =
                        created.stream().map(name -> "create config " + name).toList();
                new AuditTrail(context, swarm, loaded.name(), "init-configs").around(changes, () -> {
                    created.forEach(name -> swarm.createConfig(
                            name, contents.getOrDefault(name, "").getBytes(StandardCharsets.UTF_8)));
                    return ExitCode.DONE;
                });
            }
            Map<String, String> outcome = new LinkedHashMap<>();
            names.forEach(name -> outcome.put(name, word(name, created, left)));
            context.results().print(ExternalNames.outcome("CONFIG", outcome, context, format));
            if (!dryRun && !left.isEmpty()) {
                throw noTemplate(left);
            }
            return ExitCode.DONE;
        }
    }

    private static Failure noTemplate(List<String> names) {
        return Failure.failed(
                "no template for " + String.join(", ", names) + "; nothing was created",
                "give them: "
                        + String.join(
                                " ",
                                names.stream()
                                        .map(name -> "--from " + name + "=TEMPLATE")
                                        .toList()));
    }

    private String word(String name, List<String> created, List<String> left) {
        if (left.contains(name)) {
            return "missing, no template given";
        }
        if (!created.contains(name)) {
            return "exists, kept";
        }
        return dryRun || !left.isEmpty() ? "missing, would be created" : "created";
    }
}
