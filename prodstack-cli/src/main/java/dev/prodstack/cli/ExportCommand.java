package dev.prodstack.cli;

import dev.prodstack.autoscale.export.Exported;
import dev.prodstack.autoscale.export.HpaExport;
import dev.prodstack.autoscale.export.KedaExport;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.core.print.YamlText;
import dev.prodstack.core.scaling.ScalingPolicy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code prodstack autoscale export}. */
@Command(
        name = "export",
        header = "Print the stack's scaling policies as objects for Kubernetes.",
        description = {
            "prodstack autoscale export --to hpa             all, as HPAs",
            "prodstack autoscale export --to keda worker     one, as a KEDA ScaledObject",
            "prodstack autoscale export --to hpa | kubectl apply --dry-run=server -f -",
        },
        customSynopsis = "prodstack autoscale export --to hpa|keda [SERVICE] [OPTIONS]",
        footer = {
            "What does not carry over is a comment above the object it is missing from.",
        })
final class ExportCommand extends StackFileAction {
    /** The kinds of objects. */
    enum Form {
        HPA,
        KEDA
    }

    @Option(names = "--to", required = true, paramLabel = "FORM", description = "The form: hpa or keda.")
    private Form form = Form.HPA;

    @Parameters(arity = "0..1", paramLabel = "SERVICE", description = "A service; by default all with a policy.")
    private Optional<String> service = Optional.empty();

    ExportCommand() {}

    @Override
    ExitCode run(Context context) {
        Map<String, ScalingPolicy> policies = new LinkedHashMap<>();
        if (service.isPresent()) {
            policies.put(service.get(), Policies.ofService(context, service.get()));
        } else {
            policies.putAll(Policies.ofStack(StackFiles.load(context)));
        }
        if (policies.isEmpty()) {
            throw Failure.failed(
                    "no service of the stack has a scaling policy", "add x-prodstack.autoscale beside one");
        }
        context.results()
                .print(policies.entrySet().stream()
                        .map(entry -> document(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining("---\n")));
        return ExitCode.DONE;
    }

    private String document(String name, ScalingPolicy policy) {
        try {
            Exported exported = form == Form.HPA ? HpaExport.of(name, policy) : KedaExport.of(name, policy);
            return Stream.concat(
                            exported.warnings().stream().map(ExportCommand::comment),
                            Stream.of(YamlText.of(exported.object()).stripTrailing() + "\n"))
                    .collect(Collectors.joining());
        } catch (IllegalArgumentException e) {
            throw Failure.failed(String.valueOf(e.getMessage()), "");
        }
    }

    /** On one line, whatever a query holds. */
    private static String comment(String warning) {
        return "# warning: " + warning.replaceAll("\\s+", " ") + "\n";
    }
}
