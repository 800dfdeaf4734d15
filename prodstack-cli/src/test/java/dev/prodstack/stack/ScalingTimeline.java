package dev.prodstack.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What happened second by second, to be looked at: a CSV file, and a page with two charts. */
final class ScalingTimeline {
    private static final Path REPORTS = Path.of("target", "reports", "scaling");
    private static final int WIDTH = 1_000;
    private static final int HEIGHT = 180;

    private final String title;
    private final Instant start = Instant.now();
    private final List<Moment> moments = new ArrayList<>();
    private final List<String> events = new ArrayList<>();

    /**
     * One moment.
     *
     * @param seconds since the start
     * @param load in the unit of the test
     * @param wanted the count the service is set to
     * @param running how many of its tasks run
     */
    record Moment(double seconds, double load, int wanted, int running) {}

    ScalingTimeline(String title) {
        this.title = title;
    }

    synchronized void add(double load, int wanted, int running) {
        moments.add(new Moment(seconds(), load, wanted, running));
    }

    /** Notes what happens now. */
    synchronized void note(String what) {
        events.add(text("%6.1f s  %s", seconds(), what));
    }

    /** How often the count the service is set to turned from growing to shrinking or the other way round. */
    synchronized int turns() {
        int turns = 0;
        int last = 0;
        for (int i = 1; i < moments.size(); i++) {
            int direction =
                    Integer.signum(moments.get(i).wanted() - moments.get(i - 1).wanted());
            turns += direction * last < 0 ? 1 : 0;
            last = direction == 0 ? last : direction;
        }
        return turns;
    }

    synchronized List<Moment> moments() {
        return List.copyOf(moments);
    }

    private double seconds() {
        return Duration.between(start, Instant.now()).toMillis() / 1e3;
    }

    /** Writes both files under {@code target/reports/scaling}. */
    synchronized void write(String name) throws IOException {
        Files.createDirectories(REPORTS);
        StringBuilder csv = new StringBuilder("seconds,load,wanted,running\n");
        moments.forEach(
                its -> csv.append(text("%.1f,%.3f,%d,%d%n", its.seconds(), its.load(), its.wanted(), its.running())));
        Files.writeString(REPORTS.resolve(name + ".csv"), csv);
        String style = "body{font:15px/1.5 system-ui,sans-serif;max-width:1040px;margin:2rem auto;color:#202124}"
                + "h1{font-size:1.4rem}h2{font-size:1rem;margin-bottom:.2rem}pre{color:#5f6368}";
        Files.writeString(
                REPORTS.resolve(name + ".html"),
                "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>" + title + "</title><style>" + style
                        + "</style><h1>" + title + "</h1><h2>Load</h2>" + chart(List.of(Moment::load), "#1f5fbf")
                        + "<h2>Replicas: set to (orange), running (green)</h2>"
                        + chart(List.of(Moment::wanted, Moment::running), "#d9730d", "#4a9d5b") + "<pre>"
                        + String.join("\n", events) + "</pre></html>\n");
    }

    private String chart(List<ToDoubleFunction<Moment>> lines, String... inks) {
        double highest = lines.stream()
                .flatMapToDouble(line -> moments.stream().mapToDouble(line))
                .max()
                .orElse(1);
        double end = moments.get(moments.size() - 1).seconds();
        StringBuilder svg =
                new StringBuilder(text("<svg viewBox=\"-40 -10 %d %d\" width=\"100%%\">", WIDTH + 60, HEIGHT + 40));
        for (int i = 0; i <= 4; i++) {
            int y = HEIGHT - HEIGHT * i / 4;
            svg.append(text("<path d=\"M0 %dH%d\" stroke=\"#e0e3e7\"/>", y, WIDTH));
            svg.append(text("<text x=\"-36\" y=\"%d\" font-size=\"11\">%.3g</text>", y + 4, highest * i / 4));
            svg.append(text(
                    "<text x=\"%d\" y=\"%d\" font-size=\"11\" text-anchor=\"end\">%.0f s</text>",
                    WIDTH * i / 4, HEIGHT + 18, end * i / 4));
        }
        for (int i = 0; i < inks.length; i++) {
            StringBuilder path = new StringBuilder();
            for (Moment its : moments) {
                path.append(text(
                        "%s%.1f %.1f",
                        path.isEmpty() ? "M" : "L",
                        WIDTH * its.seconds() / end,
                        HEIGHT - HEIGHT * lines.get(i).applyAsDouble(its) / highest));
            }
            svg.append("<path d=\"")
                    .append(path)
                    .append("\" fill=\"none\" stroke-width=\"1.6\" stroke=\"")
                    .append(inks[i])
                    .append("\"/>");
        }
        return svg.append("</svg>").toString();
    }

    private static String text(String form, Object... arguments) {
        return String.format(Locale.ROOT, form, arguments);
    }
}
