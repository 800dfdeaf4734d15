package dev.prodstack.cli.replay;

import dev.prodstack.autoscale.replay.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;

/** Lines over time as SVG. Where there are more steps than pixels, a column shows the range of its steps. */
final class Chart {
    private static final int WIDTH = 1_020;
    private static final int HEIGHT = 220;
    private static final int LEFT = 52;
    private static final int BOTTOM = 24;
    private static final int TOP = 10;
    private static final int GRID_LINES = 4;
    private static final int DATES = 6;

    private final Trace trace;
    private final List<Line> lines = new ArrayList<>();

    private record Line(String ink, IntToDoubleFunction values) {}

    private Chart(Trace trace) {
        this.trace = trace;
    }

    static Chart of(Trace trace) {
        return new Chart(trace);
    }

    /** Adds a line, drawn over those that are there. */
    Chart line(String ink, IntToDoubleFunction values) {
        lines.add(new Line(ink, values));
        return this;
    }

    String svg() {
        double top = ceiling(highest());
        StringBuilder svg = new StringBuilder();
        svg.append(text("<svg viewBox=\"0 0 %d %d\" role=\"img\">\n", WIDTH, HEIGHT));
        for (int i = 0; i <= GRID_LINES; i++) {
            double value = top * i / GRID_LINES;
            double y = y(value, top);
            svg.append(text(
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#e0e3e7\"/>"
                            + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\" font-size=\"11\" fill=\"#5f6368\">%s</text>\n",
                    LEFT, WIDTH, y, y, LEFT - 6, y + 4, label(value)));
        }
        for (int i = 0; i < DATES; i++) {
            int step = (int) ((long) i * trace.steps() / DATES);
            String time = trace.start()
                    .plus(trace.step().multipliedBy(step))
                    .toString()
                    .substring(0, 16)
                    .replace('T', ' ');
            svg.append(text(
                    "<text x=\"%d\" y=\"%d\" font-size=\"11\" fill=\"#5f6368\">%s</text>\n",
                    LEFT + i * (WIDTH - LEFT) / DATES, HEIGHT - 6, time));
        }
        lines.forEach(line -> svg.append(path(line, top)));
        return svg.append("</svg>\n").toString();
    }

    private double highest() {
        double highest = 0;
        for (Line line : lines) {
            for (int i = 0; i < trace.steps(); i++) {
                highest = Math.max(highest, line.values().applyAsDouble(i));
            }
        }
        return highest;
    }

    private String path(Line line, double top) {
        int columns = Math.min(WIDTH - LEFT, trace.steps());
        StringBuilder path = new StringBuilder();
        for (int column = 0; column < columns; column++) {
            int from = (int) ((long) column * trace.steps() / columns);
            int to = (int) ((long) (column + 1) * trace.steps() / columns);
            double least = Double.MAX_VALUE;
            double most = 0;
            for (int i = from; i < to; i++) {
                double value = line.values().applyAsDouble(i);
                least = Math.min(least, value);
                most = Math.max(most, value);
            }
            double x = LEFT + (double) column * (WIDTH - LEFT) / columns;
            double end = LEFT + (double) (column + 1) * (WIDTH - LEFT) / columns;
            path.append(text("%s%.1f %.1f", column == 0 ? "M" : "L", x, y(least, top)));
            path.append(text("V%.1fH%.1f", y(most, top), end));
        }
        return text(
                "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.4\" stroke-linejoin=\"round\"/>\n",
                path, line.ink());
    }

    private static double y(double value, double top) {
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top);
    }

    /** The next of 1, 2, 4, 5, 6, 8 and 10 times a power of ten. */
    private static double ceiling(double highest) {
        if (highest <= 0) {
            return 1;
        }
        double power = Math.pow(10, Math.floor(Math.log10(highest)));
        for (double factor : new double[] {1, 2, 4, 5, 6, 8}) {
            if (highest <= factor * power) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    private static String label(double value) {
        return value == Math.rint(value) ? text("%,.0f", value) : text("%.3g", value);
    }

    private static String text(String form, Object... arguments) {
        return String.format(Locale.ROOT, form, arguments);
    }
}
