package dev.prodstack.cli;

import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.observe.LogText;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.swarm.Swarm;
import dev.prodstack.swarm.logs.LogEvent;
import dev.prodstack.swarm.logs.LogLine;
import dev.prodstack.swarm.logs.LogQuery;
import dev.prodstack.swarm.logs.LogTrouble;
import dev.prodstack.swarm.status.StackStatus;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code prodstack logs}. */
@Command(
        name = "logs",
        header = "Show what the tasks of a stack wrote, merged by time.",
        description = {
            "prodstack logs --since 10m                   every service of the stack",
            "prodstack logs web worker --tail 20          these, last lines of each task",
            "prodstack logs --follow --grep 'ERROR|WARN'  what matches, until Ctrl-C",
            "prodstack logs web -o json                   one object a line, for a script",
        },
        customSynopsis = "prodstack logs [OPTIONS] [SERVICE...]",
        footer = {
            "Logs that cannot be read, as their node is down for example, do not keep others",
            "from being shown: a message says whose and why, and the exit code is 1. --follow",
            "tries again by itself."
        })
final class LogsCommand extends StackAction {
    @Parameters(arity = "0..*", paramLabel = "SERVICE", description = "Services to show, by their names in the file.")
    private List<String> services = new ArrayList<>();

    @Option(names = "--follow", description = "Go on with what is written from now on.")
    private boolean follow;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Lines from then on: how long ago (10m), or when (2026-03-01T12:00:00Z).")
    private Optional<String> since = Optional.empty();

    @Option(names = "--tail", paramLabel = "N", description = "Of what is there, the last N lines of each task.")
    private Optional<Integer> tail = Optional.empty();

    @Option(names = "--grep", paramLabel = "REGEX", description = "Lines in which this regular expression is found.")
    private Optional<String> grep = Optional.empty();

    @Option(
            names = {"-t", "--timestamps"},
            description = "Show when each line was written.")
    private boolean timestamps;

    LogsCommand() {}

    @Override
    ExitCode run(Context context) {
        OutputFormat format = context.format(OutputFormat.TABLE, OutputFormat.JSON);
        LogQuery wanted = wanted();
        since.ifPresent(word -> start(word, Instant.EPOCH));
        try (Swarm swarm = ConnectionOptions.connect(context)) {
            String name = StackNames.resolve(context, swarm);
            StackStatus status = StackNames.status(swarm, name, services);
            LogQuery query =
                    since.map(word -> wanted.from(start(word, status.time()))).orElse(wanted);
            LogText text = new LogText(
                    status, services, context.style(), timestamps ? LogText.Times.SHOWN : LogText.Times.HIDDEN);
            try (Stream<LogEvent> events = swarm.logs(name, query)) {
                return show(
                        events.iterator(),
                        context,
                        line -> format == OutputFormat.JSON ? LogText.json(line) : text.of(line));
            }
        }
    }

    private interface Form {
        String of(LogLine line);
    }

    private static ExitCode show(Iterator<LogEvent> events, Context context, Form form) {
        ExitCode code = ExitCode.DONE;
        while (context.results().isRead() && events.hasNext()) {
            LogEvent event = events.next();
            if (event instanceof LogLine line) {
                context.results().print(form.of(line));
            } else if (event instanceof LogTrouble trouble) {
                context.messages()
                        .note("logs of " + trouble.subject() + " cannot be read, or not all: " + trouble.reason());
                code = ExitCode.FAILED;
            }
        }
        return code;
    }

    private LogQuery wanted() {
        LogQuery query = LogQuery.EVERYTHING.of(services);
        if (follow) {
            query = query.following();
        }
        if (grep.isPresent()) {
            query = query.matching(pattern(grep.get()));
        }
        if (tail.isPresent()) {
            if (tail.get() < 0) {
                throw Failure.usage("--tail cannot be " + tail.get(), "try 20");
            }
            query = query.last(tail.get());
        }
        return query;
    }

    private static Pattern pattern(String regex) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw Failure.usage(
                    "--grep cannot be \"" + regex + "\": " + e.getDescription(),
                    "put a backslash before what stands for itself");
        }
    }

    /** By the engine's clock, as this machine's may be another. */
    private static Instant start(String word, Instant now) {
        try {
            return OffsetDateTime.parse(word).toInstant();
        } catch (DateTimeException e) {
            return now.minus(Durations.option("--since", word));
        }
    }
}
