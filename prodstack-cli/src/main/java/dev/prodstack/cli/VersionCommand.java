package dev.prodstack.cli;

import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.core.value.Data;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code prodstack version}. */
@Command(
        name = "version",
        header = "Print the version, and the Java and system it runs on.",
        description = {
            "prodstack version                  for a bug report",
            "prodstack version --output json    for a script",
            "prodstack --version                the version alone",
        },
        customSynopsis = "prodstack version [OPTIONS]")
final class VersionCommand extends Action {
    VersionCommand() {}

    @Override
    ExitCode run(Context context) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("prodstack", Version.number());
        facts.put("java", System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")");
        facts.put(
                "system",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
        OutputFormat format = context.format(OutputFormat.TABLE, OutputFormat.YAML, OutputFormat.JSON);
        if (format == OutputFormat.TABLE) {
            StringBuilder text = new StringBuilder();
            facts.forEach((name, value) -> text.append(String.format("%-10s %s%n", name, value)));
            context.results().print(text.toString());
        } else {
            Map<String, Data> fields = new LinkedHashMap<>();
            facts.forEach((name, value) -> fields.put(name, Data.of(value)));
            context.results().print(format.print(Data.of(fields)));
        }
        return ExitCode.DONE;
    }
}
