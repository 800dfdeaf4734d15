package dev.prodstack.cli.replay;

import dev.prodstack.autoscale.replay.Comparison;
import dev.prodstack.cli.display.Style;
import dev.prodstack.cli.display.Table;

/** A comparison for a terminal. */
public final class ReplayText {
    private ReplayText() {}

    /** The runs as a table, and the notes. */
    public static String of(Comparison comparison, Style style) {
        Table table = new Table(ReplayData.HEADINGS.toArray(new String[0]));
        comparison
                .entries()
                .forEach(entry -> table.row(ReplayData.cells(entry, comparison).toArray(new String[0])));
        StringBuilder text = new StringBuilder(table.print(style));
        comparison.notes().forEach(note -> text.append("note: ").append(note).append('\n'));
        return text.toString();
    }
}
