package dev.prodstack.cli.replay;

import dev.prodstack.autoscale.replay.Comparison;
import dev.prodstack.autoscale.replay.Comparison.Entry;
import dev.prodstack.autoscale.replay.Run;
import dev.prodstack.core.value.Data;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A comparison as data. */
public final class ReplayData {
    private static final int DECIMALS = 6;

    private ReplayData() {}

    /** The trace, the model and the numbers of each run. */
    public static Data of(Comparison comparison) {
        Map<String, Data> trace = new LinkedHashMap<>();
        trace.put("start", Data.of(comparison.trace().start().toString()));
        trace.put("hours", number(comparison.trace().hours()));
        trace.put("step_seconds", number(comparison.trace().step().toMillis() / 1_000.0));
        trace.put("mean", number(comparison.trace().mean()));
        trace.put("peak", number(comparison.trace().peak()));
        Map<String, Data> model = new LinkedHashMap<>();
        model.put("capacity", number(comparison.model().capacity()));
        model.put("start_up_seconds", number(comparison.model().startUp().toMillis() / 1_000.0));
        model.put("target", number(comparison.model().target()));
        Map<String, Data> data = new LinkedHashMap<>();
        data.put("trace", Data.of(trace));
        data.put("model", Data.of(model));
        data.put(
                "runs",
                Data.of(comparison.entries().stream()
                        .map(entry -> run(entry, comparison))
                        .toList()));
        data.put("notes", Data.of(comparison.notes().stream().map(Data::of).toList()));
        return Data.of(data);
    }

    private static Data run(Entry entry, Comparison comparison) {
        Run run = entry.run();
        Map<String, Data> data = new LinkedHashMap<>();
        data.put("name", Data.of(run.name()));
        data.put("replica_hours", number(run.replicaHours()));
        data.put("cost", number(entry.cost()));
        data.put(
                "saved_replica_hours",
                number(share(run.replicaHours(), comparison.peak().run().replicaHours())));
        data.put("saved_cost", number(share(entry.cost(), comparison.peak().cost())));
        data.put("moves", Data.of(run.moves()));
        data.put("time_above_target", number(run.timeAboveTarget()));
        data.put("mean_delay_seconds", number(run.meanDelay()));
        data.put("delay_99_seconds", number(run.delay99()));
        data.put("longest_delay_seconds", number(run.longestDelay()));
        return Data.of(data);
    }

    /** How much less than the whole a part is, as a share of the whole. */
    static double share(double part, double whole) {
        return whole == 0 ? 0 : 1 - part / whole;
    }

    private static Data number(double value) {
        return Data.of(BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.HALF_UP));
    }

    /** The cells of a run, for people. */
    static List<String> cells(Entry entry, Comparison comparison) {
        Run run = entry.run();
        return List.of(
                run.name(),
                String.format(Locale.ROOT, "%,.0f", run.replicaHours()),
                percent(share(run.replicaHours(), comparison.peak().run().replicaHours())),
                String.format(Locale.ROOT, "%,.0f", entry.cost()),
                percent(share(entry.cost(), comparison.peak().cost())),
                String.format(Locale.ROOT, "%,d", run.moves()),
                String.format(Locale.ROOT, "%.2f %%", 100 * run.timeAboveTarget()),
                seconds(run.meanDelay()),
                seconds(run.delay99()),
                seconds(run.longestDelay()));
    }

    /** What the cells are. */
    static final List<String> HEADINGS = List.of(
            "RUN", "REPLICA-HOURS", "SAVED", "COST", "SAVED", "MOVES", "ABOVE TARGET", "MEAN DELAY", "99 %", "LONGEST");

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String seconds(double seconds) {
        return seconds < 10
                ? String.format(Locale.ROOT, "%.1f s", seconds)
                : String.format(Locale.ROOT, "%,.0f s", seconds);
    }
}
