package dev.prodstack.cli;

import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.observe.StatusData;
import dev.prodstack.cli.observe.StatusText;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.swarm.Swarm;
import dev.prodstack.swarm.status.StackStatus;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code prodstack status}. */
@Command(
        name = "status",
        header = "Show how a stack is doing, and why what fails does.",
        description = {
            "prodstack status                    every service of the stack",
            "prodstack status web worker         these only",
            "prodstack status --tasks            each task, with its node",
            "prodstack status --watch            until Ctrl-C",
            "prodstack status -n shop -o json    for a script",
        },
        customSynopsis = "prodstack status [OPTIONS] [SERVICE...]",
        footer = {
            "The exit code is 1 if a service is not as the cluster was told to run it: too",
            "few tasks, an unhealthy one, an update under way or stuck; and if a deploy is under",
            "way or was never finished. After a rollback the version before is what the cluster",
            "was told. --watch ends without a verdict."
        })
final class StatusCommand extends StackAction {
    @Parameters(arity = "0..*", paramLabel = "SERVICE", description = "Services to show, by their names in the file.")
    private List<String> services = new ArrayList<>();

    @Option(names = "--tasks", description = "Show tasks instead of services.")
    private boolean tasks;

    @Option(
            names = {"-w", "--watch"},
            description = "Keep showing it: drawn anew on a terminal, elsewhere what changes.")
    private boolean watch;

    @Option(
            names = "--interval",
            paramLabel = "DURATION",
            description = "How often to look with --watch; by default 2s.")
    private String interval = "2s";

    StatusCommand() {}

    @Override
    ExitCode run(Context context) {
        OutputFormat format = context.format(OutputFormat.TABLE, OutputFormat.YAML, OutputFormat.JSON);
        StatusWatch watching = new StatusWatch(context, format, Durations.option("--interval", interval));
        try (Swarm swarm = ConnectionOptions.connect(context)) {
            String name = StackNames.resolve(context, swarm);
            StackStatus status = read(swarm, name);
            if (watch) {
                return watching.run(status, () -> read(swarm, name), its -> text(its, context));
            }
            context.results()
                    .print(format == OutputFormat.TABLE ? text(status, context) : format.print(StatusData.of(status)));
            return status.asWanted() ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private String text(StackStatus status, Context context) {
        return tasks ? StatusText.tasks(status, context.style()) : StatusText.services(status, context.style());
    }

    private StackStatus read(Swarm swarm, String name) {
        StackStatus status = StackNames.status(swarm, name, services);
        return services.isEmpty()
                ? status
                : status.with(status.services().stream()
                        .filter(service -> services.contains(service.name()))
                        .toList());
    }
}
