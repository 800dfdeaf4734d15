package dev.prodstack.cli;

import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.display.Style;
import dev.prodstack.cli.observe.StatusData;
import dev.prodstack.cli.observe.StatusText;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.core.print.JsonText;
import dev.prodstack.core.value.Data;
import dev.prodstack.swarm.problem.EngineException;
import dev.prodstack.swarm.status.ServiceStatus;
import dev.prodstack.swarm.status.StackStatus;
import dev.prodstack.swarm.status.Trouble;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Shows a status again and again, until nobody reads it any more: drawn anew on a terminal, elsewhere what changes. An
 * engine that does not answer for a while is waited for.
 */
final class StatusWatch {
    /** To the upper left, and forget what is below. */
    private static final String FROM_THE_TOP = "\u001b[H\u001b[J";

    private final Context context;
    private final OutputFormat format;
    private final Duration interval;
    private final Map<String, String> shown = new HashMap<>();
    private String complaint = "";

    StatusWatch(Context context, OutputFormat format, Duration interval) {
        this.context = context;
        this.format = format;
        this.interval = interval;
    }

    ExitCode run(StackStatus first, Supplier<StackStatus> next, Function<StackStatus, String> text) {
        show(first, text);
        while (context.results().isRead()) {
            try {
                Thread.sleep(interval.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return ExitCode.INTERRUPTED;
            }
            try {
                show(next.get(), text);
                complaint = "";
            } catch (EngineException e) {
                complain(e);
            }
        }
        return ExitCode.DONE;
    }

    private void complain(EngineException e) {
        if (!complaint.equals(e.reason())) {
            context.messages().note("still watching, but " + e.reason());
            complaint = e.reason();
        }
    }

    private void show(StackStatus status, Function<StackStatus, String> text) {
        if (format == OutputFormat.TABLE && context.surroundings().outSink() == Style.Sink.TERMINAL) {
            context.results().print(FROM_THE_TOP + text.apply(status));
            return;
        }
        for (ServiceStatus service : status.services()) {
            String brief = StatusText.brief(service);
            // With the times of failures, as the same failure again is worth telling.
            String key = brief + service.troubles().stream().map(Trouble::time).toList();
            if (!key.equals(shown.put(service.name(), key))) {
                context.results().print(changed(status, service, brief));
            }
        }
        shown.keySet()
                .removeIf(name ->
                        status.services().stream().noneMatch(its -> its.name().equals(name)));
    }

    private String changed(StackStatus status, ServiceStatus service, String brief) {
        String time = status.time().truncatedTo(ChronoUnit.SECONDS).toString();
        if (format == OutputFormat.TABLE) {
            return time + "  " + brief + "\n";
        }
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("time", Data.of(time));
        fields.put("service", StatusData.of(service));
        Data data = Data.of(fields);
        return format == OutputFormat.JSON ? JsonText.compact(data) + "\n" : "---\n" + format.print(data);
    }
}
