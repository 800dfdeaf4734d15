package dev.prodstack.cli;

import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.core.cluster.ClusterException;
import dev.prodstack.swarm.Connection;
import dev.prodstack.swarm.Swarm;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code prodstack backup inside}: what runs in a job on the node of a service. People have no use for it. */
@Command(
        name = "inside",
        hidden = true,
        header = "Run a program in a container of this node; other commands start it in jobs.",
        description = "prodstack backup inside 3f1f034df2bb -- sync   what a job was asked to do",
        customSynopsis = "prodstack backup inside [OPTIONS] CONTAINER -- COMMAND...")
final class BackupInsideCommand extends Action {
    @Option(names = "--timeout", paramLabel = "DURATION", description = "How long it may take; by default 30s.")
    private String timeout = "30s";

    @Parameters(index = "0", paramLabel = "CONTAINER", description = "The container's id.")
    private String container = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "COMMAND", description = "The program and its arguments.")
    private List<String> command = List.of();

    BackupInsideCommand() {}

    @Override
    ExitCode run(Context context) {
        Connection here = Connection.fromEnvironment().to("unix:///var/run/docker.sock");
        try (Swarm swarm = Swarm.connect(here)) {
            swarm.runInContainer(container, command, Durations.option("--timeout", timeout));
            return ExitCode.DONE;
        } catch (ClusterException e) {
            throw Failure.failed(String.valueOf(e.getMessage()), "", e);
        }
    }
}
