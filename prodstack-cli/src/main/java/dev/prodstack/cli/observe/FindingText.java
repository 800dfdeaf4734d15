package dev.prodstack.cli.observe;

import dev.prodstack.cli.display.Style;
import dev.prodstack.cli.display.Table;
import dev.prodstack.core.value.Data;
import dev.prodstack.swarm.doctor.Finding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Findings, for people and as data. */
public final class FindingText {
    private FindingText() {}

    /** A table with a row for each. */
    public static String of(List<Finding> findings, Style style) {
        Table table = new Table("CHECK", "VERDICT", "FOUND");
        findings.forEach(finding -> table.row(
                finding.check(),
                finding.verdict().toString(),
                finding.message() + (finding.fix().isEmpty() ? "" : " (" + finding.fix() + ")")));
        return table.print(style);
    }

    /** The same as data. */
    public static Data data(List<Finding> findings) {
        return Data.of(findings.stream().map(FindingText::data).toList());
    }

    private static Data data(Finding finding) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("check", Data.of(finding.check()));
        fields.put("verdict", Data.of(finding.verdict().toString()));
        fields.put("message", Data.of(finding.message()));
        fields.put("fix", Data.of(finding.fix()));
        return Data.of(fields);
    }

    /** Whether one of them is an error. */
    public static boolean hasErrors(List<Finding> findings) {
        return findings.stream().anyMatch(finding -> finding.verdict() == Finding.Verdict.ERROR);
    }
}
