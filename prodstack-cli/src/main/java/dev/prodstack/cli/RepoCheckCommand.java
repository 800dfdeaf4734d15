package dev.prodstack.cli;

import dev.prodstack.backup.check.Check;
import dev.prodstack.backup.check.CheckReport;
import dev.prodstack.backup.check.Finding;
import dev.prodstack.backup.check.Subset;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.display.Plain;
import dev.prodstack.cli.outcome.Counted;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.core.value.Data;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code prodstack repo check}. */
@Command(
        name = "check",
        header = "Look whether a repository is in order, and what its faults affect.",
        description = {
            "prodstack repo check                                structure",
            "prodstack repo check --read-data                    and every pack",
            "prodstack repo check --read-data-subset 3/7         and a seventh of them",
            "prodstack repo check --read-data-subset rotate/7    another one every day",
        },
        customSynopsis = "prodstack repo check [OPTIONS]",
        footer = {
            "It fails (1) if there is a fault. prodstack repo restore --salvage brings back what",
            "does not need what is damaged.",
        })
final class RepoCheckCommand extends ReadingAction {
    @Option(names = "--read-data", description = "Read all packs too.")
    private boolean readData;

    @Option(
            names = "--read-data-subset",
            paramLabel = "N/T",
            description = "Read the n-th of so many parts of the packs.")
    private Optional<String> subset = Optional.empty();

    RepoCheckCommand() {}

    /** What is looked at is the repository, not copies of it. */
    @Override
    Repository open(RepositoryOptions options, Context context) throws IOException {
        return options.openItself(context);
    }

    @Override
    boolean locksItself() {
        return true;
    }

    @Override
    ExitCode read(Context context, Repository opened) throws IOException, InterruptedException {
        OutputFormat format = context.format(OutputFormat.TABLE, OutputFormat.JSON);
        Check check = Check.of(opened).showing(new RepositoryProgress(context, "read"));
        check = readData || subset.isPresent() ? check.readingData(subset()) : check;
        CheckReport report = (noLock() ? check.withoutLock() : check).run();
        context.results().print(format == OutputFormat.JSON ? format.print(data(report)) : text(report));
        return report.clean() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private Subset subset() {
        if (subset.isEmpty()) {
            return Subset.ALL;
        }
        try {
            return Subset.parse(subset.get(), LocalDate.now(ZoneId.systemDefault()));
        } catch (IllegalArgumentException e) {
            throw Failure.usage(
                    "--read-data-subset cannot be \"" + subset.get() + "\": " + e.getMessage(), "correct it");
        }
    }

    private static String text(CheckReport report) {
        StringBuilder text = new StringBuilder();
        for (Finding finding : report.findings()) {
            text.append(finding.kind().isFault() ? "fault  " : "note   ")
                    .append(Plain.line(finding.message()))
                    .append(finding.message().contains(finding.subject()) ? "" : " (" + finding.subject() + ")")
                    .append('\n');
            finding.affected()
                    .forEach(path -> text.append("       affects ")
                            .append(Plain.line(path))
                            .append('\n'));
            long more = finding.affectedCount() - finding.affected().size();
            text.append(more > 0 ? "       and " + more + " more\n" : "");
        }
        long faults = report.findings().stream()
                .filter(finding -> finding.kind().isFault())
                .count();
        return text + "Looked at " + Counted.of(report.snapshots(), "snapshot") + ", "
                + Counted.of(report.blobs(), "blob") + " and " + Counted.of(report.packs(), "pack") + ", of which "
                + report.packsRead() + " were read: "
                + (faults == 0 ? "no faults" : Counted.of(faults, "fault")) + ".\n";
    }

    private static Data data(CheckReport report) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("clean", Data.of(report.clean()));
        fields.put("snapshots", Data.of(report.snapshots()));
        fields.put("blobs", Data.of(report.blobs()));
        fields.put("packs", Data.of(report.packs()));
        fields.put("packs_read", Data.of(report.packsRead()));
        fields.put(
                "findings",
                Data.of(report.findings().stream().map(RepoCheckCommand::data).toList()));
        return Data.of(fields);
    }

    private static Data data(Finding finding) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("kind", Data.of(finding.kind().toString().toLowerCase(Locale.ROOT)));
        fields.put("fault", Data.of(finding.kind().isFault()));
        fields.put("subject", Data.of(finding.subject()));
        fields.put("message", Data.of(finding.message()));
        fields.put("affected", Data.of(finding.affected().stream().map(Data::of).toList()));
        fields.put("affected_count", Data.of(finding.affectedCount()));
        return Data.of(fields);
    }
}
