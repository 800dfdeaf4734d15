package dev.prodstack.backup.stack;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** A page about a stack's drills that opens from disk: nothing in it is loaded from elsewhere. */
public final class DrillPage {
    private DrillPage() {}

    /**
     * The page, as HTML.
     *
     * @param drills the reports, oldest first
     */
    public static String of(String stack, List<DrillReport> drills, Instant now) {
        StringBuilder page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<title>Drills of " + safe(stack) + "</title><style>"
                + "body{font:15px/1.5 sans-serif;max-width:72em;margin:2em auto;padding:0 1em;color:#222}"
                + "table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.3em .8em .3em 0;"
                + "border-bottom:1px solid #ddd;vertical-align:top}td.n{text-align:right}.bad{color:#b00020}"
                + "</style></head><body><h1>Drills of " + safe(stack) + "</h1><p>As of " + now + ". "
                + drills.size() + " kept.</p>\n");
        for (int i = drills.size() - 1; i >= 0; i--) {
            if (i == drills.size() - 1) {
                last(page, drills.get(i));
                page.append("<h2>All</h2><table><tr><th>Begun</th><th>Backup</th><th>Result</th>"
                        + "<th>Recovery time, s</th><th>Recovery point, s</th><th>All of it, s</th></tr>\n");
            }
            row(page, drills.get(i));
        }
        return page.append(drills.isEmpty() ? "" : "</table>\n")
                .append("</body></html>\n")
                .toString();
    }

    private static void last(StringBuilder page, DrillReport drill) {
        page.append("<h2>The last: ").append(result(drill)).append("</h2><p>Backup ");
        page.append(safe(drill.backup())).append(", restored into a throw-away stack. Recovery time ");
        page.append(drill.restore().isZero() ? "unknown" : seconds(drill.recoveryTime()) + " s");
        page.append(" (services ").append(seconds(drill.deploy())).append(" s, data and health ");
        page.append(seconds(drill.restore())).append(" s). Recovery point ");
        page.append(seconds(drill.recoveryPoint())).append(" s: the age of what was restored.</p>\n");
        if (!drill.problem().isEmpty()) {
            page.append("<p class=\"bad\">").append(safe(drill.problem())).append("</p>\n");
        }
        page.append("<table><tr><th>Check</th><th>Found</th><th>Seconds</th></tr>\n");
        for (DrillReport.Check check : drill.checks()) {
            boolean good = check.problem().isEmpty();
            page.append("<tr><td>").append(safe(check.name())).append(good ? "</td><td>" : "</td><td class=\"bad\">");
            page.append(safe(good ? check.text() : check.problem())).append("</td><td class=\"n\">");
            page.append(seconds(check.took())).append("</td></tr>\n");
        }
        page.append("</table>\n");
    }

    private static void row(StringBuilder page, DrillReport drill) {
        page.append("<tr><td>").append(drill.begun()).append("</td><td>").append(safe(drill.backup()));
        page.append("</td><td>").append(result(drill)).append("</td><td class=\"n\">");
        page.append(drill.restore().isZero() ? "" : seconds(drill.recoveryTime()))
                .append("</td><td class=\"n\">");
        page.append(seconds(drill.recoveryPoint())).append("</td><td class=\"n\">");
        page.append(seconds(drill.took())).append("</td></tr>\n");
    }

    private static String result(DrillReport drill) {
        return drill.good() ? "good" : "<span class=\"bad\">not good</span>";
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f", time.toMillis() / 1e3);
    }

    private static String safe(String text) {
        return BackupPage.safe(text);
    }
}
