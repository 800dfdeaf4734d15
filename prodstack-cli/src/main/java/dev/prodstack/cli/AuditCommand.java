package dev.prodstack.cli;

import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.display.Table;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.settings.Setting;
import dev.prodstack.core.print.JsonText;
import dev.prodstack.core.value.Data;
import dev.prodstack.swarm.Swarm;
import dev.prodstack.swarm.audit.AuditEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code prodstack audit}. */
@Command(
        name = "audit",
        header = "Show who changed what, when, and how it ended.",
        description = {
            "prodstack audit               the changes to every stack",
            "prodstack audit -n shop       those to one",
            "prodstack audit --since 24h   those of the last day",
            "prodstack audit -o json       an object a line, for a script",
        },
        customSynopsis = "prodstack audit [OPTIONS]",
        footer = {
            "The cluster keeps the latest 400 kB of it, which is a thousand changes or more. Every",
            "manager can read it, and remove it: send it to a relay as well where that matters",
            "(env: PRODSTACK_RELAY_DSN).",
        })
final class AuditCommand extends StackAction {
    @Option(names = "--since", paramLabel = "DURATION", description = "Only what ended in that time, such as 24h.")
    private Optional<String> since = Optional.empty();

    AuditCommand() {}

    @Override
    ExitCode run(Context context) {
        OutputFormat format = context.format(OutputFormat.TABLE, OutputFormat.JSON);
        Optional<Duration> span = since.map(word -> Durations.option("--since", word));
        Optional<String> name = context.settings().word(Setting.STACK);
        try (Swarm swarm = ConnectionOptions.connect(context)) {
            Instant from = span.map(Instant.now()::minus).orElse(Instant.EPOCH);
            List<AuditEntry> entries = swarm.auditTrail().stream()
                    .filter(entry -> name.isEmpty() || name.get().equals(entry.stack()))
                    .filter(entry -> !entry.time().isBefore(from))
                    .toList();
            context.results().print(format == OutputFormat.TABLE ? table(entries, context) : lines(entries));
            return ExitCode.DONE;
        }
    }

    private static String table(List<AuditEntry> entries, Context context) {
        Table table = new Table("TIME", "WHO", "STACK", "COMMAND", "OUTCOME", "CHANGES");
        entries.forEach(entry -> table.row(
                entry.time().toString().replaceFirst("\\.\\d+Z$", "Z"),
                entry.user() + "@" + entry.host(),
                entry.stack(),
                entry.command(),
                entry.outcome() + (entry.message().isEmpty() ? "" : ": " + entry.message()),
                String.join(", ", entry.changes())));
        return table.print(context.style());
    }

    private static String lines(List<AuditEntry> entries) {
        return entries.stream()
                .map(entry -> JsonText.compact(data(entry)).strip() + "\n")
                .collect(Collectors.joining());
    }

    private static Data data(AuditEntry entry) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("id", Data.of(entry.id()));
        fields.put("time", Data.of(entry.time().toString()));
        fields.put("user", Data.of(entry.user()));
        fields.put("host", Data.of(entry.host()));
        fields.put("stack", Data.of(entry.stack()));
        fields.put("command", Data.of(entry.command()));
        fields.put("changes", Data.of(entry.changes().stream().map(Data::of).toList()));
        fields.put("outcome", Data.of(entry.outcome()));
        fields.put("message", Data.of(entry.message()));
        return Data.of(fields);
    }
}
