package dev.prodstack.backup.stack;

import dev.prodstack.core.backup.BackupManifest;
import dev.prodstack.core.backup.BackupPart;
import dev.prodstack.core.backup.BackupRecord;
import dev.prodstack.core.backup.IncompleteBackup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** A page about a stack's backups that opens from disk: nothing in it is loaded from elsewhere. */
public final class BackupPage {
    private static final int HEIGHT = 160;
    private static final int BAR = 14;
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

    private BackupPage() {}

    /**
     * The page, as HTML.
     *
     * @param backups the records, oldest first
     */
    public static String of(String stack, List<BackupRecord> backups, Instant now) {
        StringBuilder page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<title>Backups of " + safe(stack) + "</title><style>"
                + "body{font:15px/1.5 sans-serif;max-width:72em;margin:2em auto;padding:0 1em;color:#222}"
                + "table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.3em .8em .3em 0;"
                + "border-bottom:1px solid #ddd}td.n{text-align:right}.bad{color:#b00020}"
                + "</style></head><body><h1>Backups of " + safe(stack) + "</h1><p>As of " + now + ". "
                + backups.size() + " kept.</p>\n");
        long read = backups.stream().mapToLong(BackupRecord::bytesRead).sum();
        long stored = backups.stream().mapToLong(BackupRecord::bytesStored).sum();
        if (read > 0) {
            page.append("<p>").append(size(read)).append(" were read, ").append(size(stored));
            page.append(String.format(Locale.ROOT, " were added: %.1f %% saved.</p>%n", 100.0 - stored * 100.0 / read));
        }
        page.append("<h2>Bytes added</h2>").append(bars(backups, false));
        page.append("<h2>Seconds</h2>").append(bars(backups, true));
        page.append("<h2>Backups</h2><table><tr><th>Backup</th><th>Begun</th><th>State</th><th>Read</th>"
                + "<th>Added</th><th>Seconds</th></tr>\n");
        for (int i = backups.size() - 1; i >= 0; i--) {
            row(page, backups.get(i));
        }
        page.append("</table>\n");
        backups.stream().reduce((earlier, later) -> later).ifPresent(last -> parts(page, last));
        return page.append("</body></html>\n").toString();
    }

    private static String bars(List<BackupRecord> backups, boolean seconds) {
        long most = backups.stream().mapToLong(its -> value(its, seconds)).max().orElse(0);
        StringBuilder bars = new StringBuilder("<svg width=\"" + Math.max(1, backups.size()) * (BAR + 4)
                + "\" height=\"" + HEIGHT + "\" role=\"img\">");
        int x = 0;
        for (BackupRecord backup : backups) {
            long value = value(backup, seconds);
            long height = most == 0 ? 0 : Math.max(1, value * (HEIGHT - 4) / most);
            bars.append("<rect x=\"").append(x).append("\" y=\"").append(HEIGHT - height);
            bars.append("\" width=\"")
                    .append(BAR)
                    .append("\" height=\"")
                    .append(height)
                    .append("\" fill=\"");
            bars.append(backup instanceof BackupManifest ? "#3b6ea5" : "#b00020")
                    .append("\"><title>");
            bars.append(backup.id()).append(": ").append(seconds ? value + " s" : size(value));
            bars.append("</title></rect>");
            x += BAR + 4;
        }
        return bars.append("</svg>\n").toString();
    }

    private static long value(BackupRecord backup, boolean seconds) {
        return seconds ? Duration.between(backup.begun(), backup.ended()).toSeconds() : backup.bytesStored();
    }

    private static void row(StringBuilder page, BackupRecord backup) {
        String state = backup.purpose() == BackupRecord.Purpose.SAFETY ? "before a restore" : "complete";
        if (backup instanceof IncompleteBackup incomplete) {
            StringBuilder failures = new StringBuilder("<span class=\"bad\">");
            incomplete
                    .failures()
                    .forEach(failed -> failures.append(
                            safe(failed.service() + " " + failed.source() + ": " + failed.reason() + ". ")));
            state = failures.append("</span>").toString();
        }
        page.append("<tr><td>").append(safe(backup.id())).append("</td><td>").append(backup.begun());
        page.append("</td><td>").append(state).append("</td><td class=\"n\">").append(size(backup.bytesRead()));
        page.append("</td><td class=\"n\">").append(size(backup.bytesStored())).append("</td><td class=\"n\">");
        page.append(value(backup, true)).append("</td></tr>\n");
    }

    private static void parts(StringBuilder page, BackupRecord backup) {
        page.append("<h2>Parts of ")
                .append(safe(backup.id()))
                .append("</h2><table><tr><th>Service</th><th>Source</th>"
                        + "<th>Kind</th><th>Node</th><th>Read</th><th>Added</th><th>Snapshots</th></tr>\n");
        for (BackupPart part : backup.parts()) {
            page.append("<tr><td>")
                    .append(safe(part.service()))
                    .append("</td><td>")
                    .append(safe(part.source()));
            page.append("</td><td>")
                    .append(safe(part.kind()))
                    .append("</td><td>")
                    .append(safe(part.node()));
            page.append("</td><td class=\"n\">").append(size(part.bytesRead())).append("</td><td class=\"n\">");
            page.append(size(part.bytesStored())).append("</td><td>");
            part.snapshots().forEach(id -> page.append(id, 0, 8).append(' '));
            page.append("</td></tr>\n");
        }
        page.append("</table>\n");
    }

    private static String size(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    static String safe(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
