package dev.prodstack.cli;

import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.observe.FindingText;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.core.compose.ComposeFile;
import dev.prodstack.swarm.Swarm;
import dev.prodstack.swarm.doctor.Finding;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code prodstack doctor}. */
@Command(
        name = "doctor",
        header = "Find what keeps the swarm from running stacks.",
        description = {
            "prodstack doctor                   the engine, its swarm, and the stack here",
            "prodstack doctor -H ssh://manager  those of another machine",
            "prodstack doctor -o json           for a script",
        },
        customSynopsis = "prodstack doctor [OPTIONS]",
        footer = {"Nothing is changed. The exit code is 1 if something does not work."})
final class DoctorCommand extends StackAction {
    DoctorCommand() {}

    @Override
    ExitCode run(Context context) {
        OutputFormat format = context.format(OutputFormat.TABLE, OutputFormat.YAML, OutputFormat.JSON);
        try (Swarm swarm = ConnectionOptions.connect(context)) {
            List<Finding> findings =
                    swarm.examine(StackFiles.loadIfPresent(context).map(ComposeFile::stack));
            context.results()
                    .print(
                            format == OutputFormat.TABLE
                                    ? FindingText.of(findings, context.style())
                                    : format.print(FindingText.data(findings)));
            return FindingText.hasErrors(findings) ? ExitCode.FAILED : ExitCode.DONE;
        }
    }
}
