package dev.prodstack.cli;

import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.observe.FindingText;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.swarm.Swarm;
import dev.prodstack.swarm.doctor.Finding;
import dev.prodstack.swarm.health.HealthQuery;
import dev.prodstack.swarm.health.Trust;
import dev.prodstack.swarm.status.StackStatus;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code prodstack health-check}. */
@Command(
        name = "health-check",
        header = "Find out whether a stack serves: its services, HTTP, and Prometheus's targets.",
        description = {
            "prodstack health-check                          what the stack publishes",
            "prodstack health-check --url https://shop.example/health",
            "prodstack health-check --cacert ca.pem          with an authority of one's own",
            "prodstack health-check --url https://a.example/ --resolve a.example=10.0.0.5",
            "prodstack health-check --prometheus http://10.0.0.5:9090",
        },
        customSynopsis = "prodstack health-check [OPTIONS]",
        footer = {
            "Nothing is changed. The exit code is 1 if something is not well. Without --prometheus,",
            "Prometheus is asked from inside its container, for which the engine must be that of",
            "its node."
        })
final class HealthCheckCommand extends StackAction {
    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "An address to ask; repeatable. By default the HTTP ports that services publish.")
    private List<String> urls = new ArrayList<>();

    @Option(
            names = "--resolve",
            paramLabel = "NAME=ADDRESS",
            description = "Connect to this address for that name; repeatable.")
    private List<String> resolved = new ArrayList<>();

    @Option(names = "--cacert", paramLabel = "FILE", description = "Trust the authorities in this PEM file only.")
    private Optional<Path> authority = Optional.empty();

    @Option(names = "--insecure", description = "Accept any certificate.")
    private boolean insecure;

    @Option(names = "--prometheus", paramLabel = "URL", description = "Where Prometheus answers.")
    private Optional<String> prometheus = Optional.empty();

    @Option(
            names = "--prometheus-service",
            paramLabel = "NAME",
            description = "The service that is Prometheus; by default prometheus.")
    private String prometheusService = "prometheus";

    @Option(names = "--patience", paramLabel = "DURATION", description = "How long an answer may take; by default 5s.")
    private String patience = "5s";

    HealthCheckCommand() {}

    @Override
    ExitCode run(Context context) {
        OutputFormat format = context.format(OutputFormat.TABLE, OutputFormat.YAML, OutputFormat.JSON);
        HealthQuery query = query(context);
        try (Swarm swarm = ConnectionOptions.connect(context)) {
            StackStatus status = StackNames.status(swarm, StackNames.resolve(context, swarm), List.of());
            List<Finding> findings = swarm.checkHealth(status, query);
            context.results()
                    .print(
                            format == OutputFormat.TABLE
                                    ? FindingText.of(findings, context.style())
                                    : format.print(FindingText.data(findings)));
            return FindingText.hasErrors(findings) ? ExitCode.FAILED : ExitCode.DONE;
        }
    }

    private HealthQuery query(Context context) {
        if (insecure && authority.isPresent()) {
            throw Failure.usage("--insecure trusts anybody, --cacert some only", "give one of them");
        }
        Path here = context.surroundings().workingDirectory();
        Trust trust = insecure
                ? new Trust.Anybody()
                : authority
                        .<Trust>map(file -> new Trust.Authority(here.resolve(file)))
                        .orElseGet(Trust.Platform::new);
        try {
            return new HealthQuery(
                    urls.stream().map(URI::create).toList(),
                    addresses(),
                    trust,
                    prometheus.map(URI::create),
                    prometheusService,
                    Durations.option("--patience", patience));
        } catch (IllegalArgumentException e) {
            throw Failure.usage(String.valueOf(e.getMessage()), "write it like https://shop.example/health");
        }
    }

    private Map<String, String> addresses() {
        Map<String, String> addresses = new LinkedHashMap<>();
        for (String pair : resolved) {
            int equals = pair.indexOf('=');
            if (equals < 1 || equals == pair.length() - 1) {
                throw Failure.usage(
                        "--resolve " + pair + " has no name and address", "write it like shop.example=10.0.0.5");
            }
            addresses.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return addresses;
    }
}
