package dev.prodstack.cli.observe;

import dev.prodstack.cli.display.Ink;
import dev.prodstack.cli.display.Plain;
import dev.prodstack.cli.display.Style;
import dev.prodstack.core.print.JsonText;
import dev.prodstack.core.value.Data;
import dev.prodstack.swarm.logs.LogLine;
import dev.prodstack.swarm.status.StackStatus;
import dev.prodstack.swarm.status.TaskStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Log lines for people, each with the name of the task that wrote it, and for programs. */
public final class LogText {
    private final Style style;
    private final Times times;
    private final Map<String, Ink> inks = new LinkedHashMap<>();
    private int width;

    /** Whether lines say when they were written. */
    public enum Times {
        /** They do. */
        SHOWN,
        /** They do not. */
        HIDDEN
    }

    /**
     * Text for the services of a stack.
     *
     * @param services the names of those that are shown; none for all
     */
    public LogText(StackStatus status, List<String> services, Style style, Times times) {
        this.style = style;
        this.times = times;
        status.services().stream()
                .filter(service -> services.isEmpty() || services.contains(service.name()))
                .forEach(service -> {
                    inks.put(service.name(), Ink.apart(inks.size()));
                    service.tasks().stream().map(TaskStatus::name).forEach(this::widen);
                });
    }

    private void widen(String name) {
        width = Math.max(width, name.length());
    }

    /** A line with its line break. */
    public String of(LogLine line) {
        widen(line.task());
        Ink ink = inks.computeIfAbsent(line.service(), name -> Ink.apart(inks.size()));
        String prefix =
                style.paint(ink, line.task() + " ".repeat(width - line.task().length()) + " |");
        String time = times == Times.SHOWN ? style.paint(Ink.FAINT, line.time().toString()) + " " : "";
        return prefix + " " + time + Plain.line(line.text(), style) + "\n";
    }

    /** A line as an object in a line of its own. */
    public static String json(LogLine line) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("time", Data.of(line.time().toString()));
        fields.put("service", Data.of(line.service()));
        fields.put("task", Data.of(line.task()));
        fields.put("task_id", Data.of(line.taskId()));
        fields.put("node", Data.of(line.node()));
        fields.put("output", Data.of(line.output().name().toLowerCase(Locale.ROOT)));
        fields.put("text", Data.of(line.text()));
        return JsonText.compact(Data.of(fields)) + "\n";
    }
}
