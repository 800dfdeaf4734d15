package dev.prodstack.cli.observe;

import dev.prodstack.cli.display.Style;
import dev.prodstack.cli.display.Table;
import dev.prodstack.core.value.Data;
import dev.prodstack.load.Layout;
import dev.prodstack.load.LoadPlan;
import dev.prodstack.load.LoadPlan.Planned;
import dev.prodstack.load.LoadResult;
import dev.prodstack.load.LoadResult.Measured;
import dev.prodstack.load.LoadResult.NotMeasured;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What load checks would do, and what came of them. */
public final class LoadText {
    private LoadText() {}

    /** The plan as a table. */
    public static String plan(LoadPlan plan, String image, Style style) {
        Table table = new Table("CHECK", "PROMISE", "UNIT", "SERVICE", "HOW");
        plan.loads()
                .forEach(planned -> table.row(
                        planned.check().word(),
                        number(planned.work().promise()),
                        planned.check().unit(),
                        planned.work().host(),
                        how(planned)));
        return table.print(style) + "Each in a job of the image " + image + ", on the networks of its service.\n";
    }

    private static String how(Planned planned) {
        String target = planned.work().target();
        return planned.check().means() + (target.isEmpty() ? "" : " (" + target + ")") + "; "
                + planned.work().connections() + " connections, "
                + planned.work().length().toSeconds() + " s";
    }

    /** The plan as data. */
    public static Data data(LoadPlan plan, String image) {
        return Data.of(Map.of(
                "image",
                Data.of(image),
                "checks",
                Data.of(plan.loads().stream()
                        .map(planned -> {
                            Map<String, Data> fields = common(planned);
                            fields.put("target", Data.of(planned.work().target()));
                            fields.put("user", Data.of(planned.work().user()));
                            fields.put("secret", Data.of(planned.secret()));
                            fields.put("connections", Data.of(planned.work().connections()));
                            fields.put(
                                    "seconds", Data.of(planned.work().length().toSeconds()));
                            return Data.of(fields);
                        })
                        .toList())));
    }

    private static Map<String, Data> common(Planned planned) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("check", Data.of(planned.check().word()));
        fields.put("service", Data.of(planned.work().host()));
        fields.put("promise", number(planned.work().promise(), 3));
        fields.put("unit", Data.of(planned.check().unit()));
        return fields;
    }

    private static Data number(double value, int decimals) {
        return Data.of(BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP));
    }

    /** The results as a table, with more about each below. */
    public static String results(List<LoadResult> results, Layout layout, Style style) {
        Table table = new Table("CHECK", "PROMISE", "MEASURED", "UNIT", "RESULT");
        StringBuilder more = new StringBuilder();
        for (LoadResult result : results) {
            Planned planned = result.planned();
            table.row(
                    planned.check().word(),
                    number(planned.work().promise()),
                    result instanceof Measured its ? number(its.figure().measured()) : "-",
                    planned.check().unit(),
                    word(result));
            more.append(planned.check().word())
                    .append(": ")
                    .append(about(result, layout))
                    .append('\n');
        }
        return table.print(style) + "\n" + more;
    }

    private static String about(LoadResult result, Layout layout) {
        if (result instanceof NotMeasured not) {
            return "not measured: " + not.reason();
        }
        Measured measured = (Measured) result;
        long failures = measured.figure().failures();
        return measured.figure().detail() + (failures == 0 ? "" : ", " + failures + " failed") + "\n  "
                + layout.sharing(measured);
    }

    private static String word(LoadResult result) {
        return result.verdict().name().toLowerCase(Locale.ROOT);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 || value == Math.rint(value) ? "%,.0f" : "%,.1f", value);
    }

    /** The results as data. */
    public static Data data(List<LoadResult> results, Layout layout) {
        return Data.of(Map.of(
                "checks",
                Data.of(results.stream().map(result -> data(result, layout)).toList())));
    }

    private static Data data(LoadResult result, Layout layout) {
        Map<String, Data> fields = common(result.planned());
        fields.put("result", Data.of(word(result)));
        if (result instanceof Measured measured) {
            fields.put("measured", number(measured.figure().measured(), 1));
            fields.put("failures", Data.of(measured.figure().failures()));
            fields.put("detail", Data.of(measured.figure().detail()));
            fields.put("node", Data.of(measured.node()));
            fields.put("shares", Data.of(layout.sharing(measured)));
        } else if (result instanceof NotMeasured not) {
            fields.put("reason", Data.of(not.reason()));
        }
        return Data.of(fields);
    }
}
