package dev.prodstack.cli;

import dev.prodstack.cli.display.Ink;
import dev.prodstack.cli.display.Label;
import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.display.Paragraph;
import dev.prodstack.cli.display.ProblemText;
import dev.prodstack.cli.outcome.Counted;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.core.compose.ComposeFile;
import dev.prodstack.core.lint.Finding;
import dev.prodstack.core.lint.Linter;
import dev.prodstack.core.lint.Rule;
import dev.prodstack.core.lint.Rules;
import dev.prodstack.core.lint.Severity;
import dev.prodstack.core.problem.Problem;
import dev.prodstack.core.problem.Suggestion;
import dev.prodstack.core.value.Data;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code prodstack lint}. */
@Command(
        name = "lint",
        header = "Find what is legal in the Compose files and hurts on Swarm.",
        description = {
            "prodstack lint                          all findings in ./compose.yaml",
            "prodstack lint --fail-on warning        for CI: stricter than errors",
            "prodstack lint --rule no-memory-limit   findings of one rule only",
            "prodstack lint --list-rules             what is looked for, and why",
            "prodstack lint -o json | jq .findings   as JSON",
        },
        customSynopsis = "prodstack lint [OPTIONS]",
        footer = {
            "A finding is silenced where it stands:  x-prodstack: {lint: {ignore: [rule]}}",
            "beside what it is about, or at the top of the file for all of it. What each",
            "rule means is in docs/LINT.md."
        })
final class LintCommand extends StackFileAction {
    @Option(names = "--rule", paramLabel = "RULE", description = "Report findings of this rule only; repeatable.")
    private List<String> rules = new ArrayList<>();

    @Option(names = "--list-rules", description = "Print the rules and their reasons, and look at no file.")
    private boolean listRules;

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            description = "Fail (exit code 1) from this severity on: ${COMPLETION-CANDIDATES}. By default error.")
    private Severity failOn = Severity.ERROR;

    LintCommand() {}

    @Override
    ExitCode run(Context context) {
        OutputFormat format = context.format(OutputFormat.TABLE, OutputFormat.YAML, OutputFormat.JSON);
        List<Rule> chosen = chosen();
        if (listRules) {
            context.results().print(format == OutputFormat.TABLE ? list(chosen, context) : format.print(data(chosen)));
            return ExitCode.DONE;
        }
        ComposeFile file = StackFiles.load(context);
        List<Finding> findings = Linter.check(file).stream()
                .filter(finding -> chosen.contains(finding.rule()))
                .toList();
        context.results()
                .print(format == OutputFormat.TABLE ? text(findings, context) : format.print(report(findings)));
        return findings.stream().anyMatch(finding -> finding.severity().compareTo(failOn) <= 0)
                ? ExitCode.FAILED
                : ExitCode.DONE;
    }

    private List<Rule> chosen() {
        return rules.isEmpty()
                ? Rules.all()
                : rules.stream().map(LintCommand::rule).toList();
    }

    private static Rule rule(String id) {
        return Rules.find(id)
                .orElseThrow(() -> Failure.usage(
                        "there is no rule \"" + id + "\"",
                        Suggestion.forWord(
                                        id, Rules.all().stream().map(Rule::id).toList())
                                .orElse("prodstack lint --list-rules prints those there are")));
    }

    private static String text(List<Finding> findings, Context context) {
        ProblemText text = new ProblemText(context.style(), context.excerpts());
        StringBuilder report = new StringBuilder();
        for (Finding finding : findings) {
            Problem problem = new Problem(finding.position(), finding.path(), finding.message(), finding.fix());
            report.append(text.of(
                            label(finding.severity()), problem, finding.rule().id()))
                    .append("\n\n");
        }
        return report.append(summary(findings)).append('\n').toString();
    }

    private static Label label(Severity severity) {
        return switch (severity) {
            case ERROR -> Label.ERROR;
            case WARNING -> Label.WARNING;
            case INFO -> Label.INFO;
        };
    }

    private static String summary(List<Finding> findings) {
        if (findings.isEmpty()) {
            return "Nothing found.";
        }
        List<String> counts = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            long count = count(findings, severity);
            if (count > 0) {
                counts.add(severity == Severity.INFO ? count + " info" : Counted.of(count, severity.toString()));
            }
        }
        return String.join(", ", counts) + ".";
    }

    private static long count(List<Finding> findings, Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }

    private static Data report(List<Finding> findings) {
        Map<String, Data> counts = new LinkedHashMap<>();
        Stream.of(Severity.values())
                .forEach(severity -> counts.put(severity.toString(), Data.of(count(findings, severity))));
        Map<String, Data> report = new LinkedHashMap<>();
        report.put("findings", Data.of(findings.stream().map(LintCommand::data).toList()));
        report.put("counts", Data.of(counts));
        return Data.of(report);
    }

    private static Data data(Finding finding) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("rule", Data.of(finding.rule().id()));
        fields.put("severity", Data.of(finding.severity().toString()));
        fields.putAll(
                ProblemText.fields(new Problem(finding.position(), finding.path(), finding.message(), finding.fix())));
        fields.put("reason", Data.of(finding.rule().reason()));
        fields.put("guide", Data.of(finding.rule().guide()));
        return Data.of(fields);
    }

    private static String list(List<Rule> rules, Context context) {
        StringBuilder list = new StringBuilder();
        for (Rule rule : rules) {
            list.append(context.style().paint(Ink.STRONG, rule.id()))
                    .append(" (")
                    .append(rule.severity())
                    .append(")\n")
                    .append(Paragraph.of(rule.reason()))
                    .append('\n');
        }
        return list.append(Counted.of(rules.size(), "rule")).append(".\n").toString();
    }

    private static Data data(List<Rule> rules) {
        return Data.of(rules.stream()
                .map(rule -> {
                    Map<String, Data> fields = new LinkedHashMap<>();
                    fields.put("rule", Data.of(rule.id()));
                    fields.put("severity", Data.of(rule.severity().toString()));
                    fields.put("reason", Data.of(rule.reason()));
                    fields.put("guide", Data.of(rule.guide()));
                    return Data.of(fields);
                })
                .toList());
    }
}
