package dev.prodstack.cli.replay;

import dev.prodstack.autoscale.replay.Comparison;
import dev.prodstack.autoscale.replay.Comparison.Entry;
import dev.prodstack.autoscale.replay.Trace;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A comparison as one HTML page that needs nothing else: no script, no font, no network. */
public final class ReplayPage {
    private static final List<String> INKS = List.of("#1f5fbf", "#d9730d", "#4a9d5b", "#9aa0a6", "#3c4043");
    private static final String STYLE = """
            body{font:15px/1.5 system-ui,sans-serif;color:#202124;background:#fff;max-width:1060px;margin:2rem auto;\
            padding:0 1rem}
            h1{font-size:1.5rem;margin:0 0 .2rem}h2{font-size:1.05rem;margin:1.8rem 0 .3rem}
            p{margin:.2rem 0;color:#5f6368}table{border-collapse:collapse;width:100%;margin-top:1rem}
            th,td{padding:.35rem .5rem;text-align:right;border-bottom:1px solid #e0e3e7;white-space:nowrap;\
            font-variant-numeric:tabular-nums}
            th{font-size:.72rem;color:#5f6368}th:first-child,td:first-child{text-align:left}
            svg{width:100%;height:auto;display:block}.key{display:inline-block;width:.8em;height:.8em;\
            margin-right:.45em;border-radius:2px}
            @media(max-width:700px){.wide{overflow-x:auto}}
            """;

    private ReplayPage() {}

    /** The page. */
    public static String of(String title, Comparison comparison) {
        Trace trace = comparison.trace();
        String facts = String.format(
                Locale.ROOT,
                "%s, %,.1f hours in steps of %,d s. Load %,.2f on average, %,.2f at the peak. One replica bears %,.2f,"
                        + " starts in %,d s, and should work at %.0f %% at most.",
                trace.start(),
                trace.hours(),
                trace.step().toSeconds(),
                trace.mean(),
                trace.peak(),
                comparison.model().capacity(),
                comparison.model().startUp().toSeconds(),
                100 * comparison.model().target());
        return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>" + escaped(title)
                + "</title><style>" + STYLE + "</style></head><body>\n<h1>" + escaped(title) + "</h1>\n<p>"
                + escaped(facts) + "</p>\n"
                + comparison.notes().stream()
                        .map(note -> "<p>Note: " + escaped(note) + ".</p>\n")
                        .collect(Collectors.joining())
                + table(comparison) + "<h2>Load</h2>\n"
                + Chart.of(trace).line(INKS.get(0), trace::load).svg() + "<h2>Replicas</h2>\n"
                + chart(comparison, false) + "<h2>Delay in the queue, seconds</h2>\n" + chart(comparison, true)
                + "</body></html>\n";
    }

    private static String table(Comparison comparison) {
        StringBuilder text = new StringBuilder("<div class=\"wide\"><table><tr>");
        ReplayData.HEADINGS.forEach(
                heading -> text.append("<th>").append(heading).append("</th>"));
        text.append("</tr>\n");
        for (int i = 0; i < comparison.entries().size(); i++) {
            List<String> cells = ReplayData.cells(comparison.entries().get(i), comparison);
            text.append("<tr>");
            for (int cell = 0; cell < cells.size(); cell++) {
                text.append("<td>")
                        .append(
                                cell == 0
                                        ? "<span class=\"key\" style=\"background:" + ink(comparison, i) + "\"></span>"
                                        : "")
                        .append(escaped(cells.get(cell)))
                        .append("</td>");
            }
            text.append("</tr>\n");
        }
        return text.append("</table></div>\n").toString();
    }

    /** The policies have the first two inks, whatever stands beside them the same one on every page. */
    private static String ink(Comparison comparison, int entry) {
        int fromEnd = comparison.entries().size() - entry;
        return fromEnd <= 3 ? INKS.get(INKS.size() - fromEnd) : INKS.get(Math.min(entry, 1));
    }

    /** Fixed counts have no delay worth a chart: the minimum's would dwarf all others. */
    private static String chart(Comparison comparison, boolean delay) {
        Chart chart = Chart.of(comparison.trace());
        List<Entry> entries = comparison.entries();
        int shown = delay ? entries.size() - 2 : entries.size();
        IntStream.iterate(shown - 1, i -> i >= 0, i -> i - 1).forEach(i -> {
            IntToDoubleFunction values =
                    delay ? entries.get(i).run()::delay : entries.get(i).run()::replicas;
            chart.line(ink(comparison, i), values);
        });
        return chart.svg();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
