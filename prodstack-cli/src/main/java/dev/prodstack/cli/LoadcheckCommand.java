package dev.prodstack.cli;

import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.observe.LoadText;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.core.cluster.ClusterException;
import dev.prodstack.core.cluster.ServiceTask;
import dev.prodstack.core.problem.Suggestion;
import dev.prodstack.core.value.ImageReference;
import dev.prodstack.load.Layout;
import dev.prodstack.load.LoadCheck;
import dev.prodstack.load.LoadPlan;
import dev.prodstack.load.LoadPlan.Planned;
import dev.prodstack.load.LoadResult;
import dev.prodstack.load.LoadResult.Verdict;
import dev.prodstack.load.check.Check;
import dev.prodstack.swarm.Swarm;
import dev.prodstack.swarm.status.ServiceStatus;
import dev.prodstack.swarm.status.StackStatus;
import dev.prodstack.swarm.status.TaskStatus;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code prodstack loadcheck}. */
@Command(
        name = "loadcheck",
        header = "Measure whether a stack holds what it promises, with load from jobs in the cluster.",
        description = {
            "prodstack loadcheck --dry-run              what would be loaded, and how",
            "prodstack loadcheck                        all of it, one after the other",
            "prodstack loadcheck --only redis,postgres  these checks",
            "prodstack loadcheck --promise nginx=5000   held against another number",
            "prodstack loadcheck --set postgres.user=admin --set worker.target=jobs",
            "prodstack loadcheck -n shop -o json        for a script",
        },
        customSynopsis = "prodstack loadcheck [OPTIONS]",
        footer = {
            "It loads what it measures as hard as it can, for --for and check: people notice. What",
            "it writes goes into a database and keys of its own, which it removes, also when it is",
            "interrupted. The exit code is 9 if less was measured than is promised, 1 if something",
            "could not be measured. docs/LOAD_TESTING.md says how to read it."
        },
        subcommands = LoadcheckPartCommand.class)
final class LoadcheckCommand extends StackAction {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration FAREWELL = Duration.ofSeconds(30);

    @Option(names = "--dry-run", description = "Show what would be done and load nothing.")
    private boolean dryRun;

    @Option(
            names = "--only",
            paramLabel = "CHECK",
            split = ",",
            description = "Only these: nginx, redis, redis-pipelined, postgres, worker, backend.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--promise",
            paramLabel = "CHECK=NUMBER",
            description = "What is promised, in place of the usual; repeatable.")
    private List<String> promises = new ArrayList<>();

    @Option(
            names = "--set",
            paramLabel = "CHECK.KEY=VALUE",
            description = "How a check is made: its service, target, user, secret or connections; repeatable.")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--for", paramLabel = "DURATION", description = "How long each check loads; by default 10s.")
    private String length = "10s";

    @Option(
            names = "--image",
            paramLabel = "IMAGE",
            description = "The image of prodstack that jobs run in (env: PRODSTACK_IMAGE). By default that of the"
                    + " stack's service backup or autoscaler.")
    private Optional<String> image = Optional.empty();

    LoadcheckCommand() {}

    @Override
    Duration farewell() {
        return FAREWELL;
    }

    @Override
    ExitCode run(Context context) {
        OutputFormat format = context.format(OutputFormat.TABLE, OutputFormat.JSON, OutputFormat.YAML);
        LoadPlan plan = plan();
        try (Swarm swarm = ConnectionOptions.connect(context)) {
            String stack = StackNames.resolve(context, swarm);
            StackStatus status = StackNames.status(
                    swarm,
                    stack,
                    plan.loads().stream()
                            .map(its -> its.work().host())
                            .distinct()
                            .toList());
            String its = image(context, status);
            if (dryRun) {
                context.results()
                        .print(
                                format == OutputFormat.TABLE
                                        ? LoadText.plan(plan, its, context.style())
                                        : format.print(LoadText.data(plan, its)));
                return ExitCode.DONE;
            }
            Layout layout = layout(swarm, status);
            LoadCheck check = new LoadCheck(swarm.jobs(), stack, its);
            List<LoadResult> results =
                    check.run(plan, planned -> context.messages().note(beginning(planned)));
            context.results()
                    .print(
                            format == OutputFormat.TABLE
                                    ? LoadText.results(results, layout, context.style())
                                    : format.print(LoadText.data(results, layout)));
            return code(results);
        } catch (ClusterException e) {
            throw Failure.failed(String.valueOf(e.getMessage()), "", e);
        } catch (CancellationException e) {
            throw Failure.ended(ExitCode.INTERRUPTED, String.valueOf(e.getMessage()), "");
        }
    }

    private static String beginning(Planned planned) {
        return planned.check().word() + ": " + planned.check().means() + ", "
                + planned.work().length().toSeconds() + " s";
    }

    private static ExitCode code(List<LoadResult> results) {
        Set<Verdict> verdicts = EnumSet.noneOf(Verdict.class);
        results.forEach(result -> verdicts.add(result.verdict()));
        if (verdicts.contains(Verdict.UNKNOWN)) {
            return ExitCode.FAILED;
        }
        return verdicts.contains(Verdict.MISSED) ? ExitCode.MISSED : ExitCode.DONE;
    }

    private LoadPlan plan() {
        Set<Check> checks = EnumSet.noneOf(Check.class);
        only.forEach(word -> checks.add(check("--only " + word, word)));
        Map<Check, Double> numbers = new EnumMap<>(Check.class);
        for (String promise : promises) {
            String[] pair = pair("--promise", promise, "nginx=5000");
            numbers.put(check("--promise " + promise, pair[0]), number(promise, pair[1]));
        }
        Map<String, String> set = new LinkedHashMap<>();
        for (String setting : settings) {
            String[] pair = pair("--set", setting, "postgres.user=admin");
            set.put(pair[0], pair[1]);
        }
        Duration each = Durations.option("--for", length);
        if (each.toSeconds() < 1 || each.compareTo(LONGEST) > 0) {
            throw Failure.usage("--for " + length + " is not between 1s and 10m", "");
        }
        try {
            return LoadPlan.of(checks.isEmpty() ? EnumSet.allOf(Check.class) : checks, numbers, set, each);
        } catch (IllegalArgumentException e) {
            throw Failure.usage(
                    String.valueOf(e.getMessage()),
                    "write it like --set CHECK.KEY=VALUE; keys are " + String.join(", ", LoadPlan.KEYS));
        }
    }

    private static Check check(String option, String word) {
        return Check.named(word)
                .orElseThrow(() -> Failure.usage(
                        option + ": there is no check \"" + word + "\"",
                        Suggestion.forWord(word, Check.words())
                                .orElse("there are " + String.join(", ", Check.words()))));
    }

    private static String[] pair(String option, String text, String example) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw Failure.usage(option + " " + text + " has no name and value", "write it like " + example);
        }
        return new String[] {text.substring(0, equals), text.substring(equals + 1)};
    }

    private static double number(String option, String text) {
        if (!text.matches("[0-9]{1,9}(\\.[0-9]{1,3})?") || Double.parseDouble(text) <= 0) {
            throw Failure.usage("--promise " + option + " has no number above zero", "write it like nginx=5000");
        }
        return Double.parseDouble(text);
    }

    private String image(Context context, StackStatus status) {
        return image.or(() ->
                        Optional.ofNullable(context.surroundings().environment().get("PRODSTACK_IMAGE")))
                .or(() -> Stream.of("backup", "autoscaler")
                        .flatMap(name -> status.services().stream()
                                .filter(service -> service.name().equals(name)))
                        .map(ServiceStatus::image)
                        .flatMap(Optional::stream)
                        .map(ImageReference::toString)
                        .findFirst())
                .orElse("prodstack/prodstack:" + Version.number());
    }

    private static Layout layout(Swarm swarm, StackStatus status) {
        Map<String, List<String>> nodes = new TreeMap<>();
        status.services()
                .forEach(service -> nodes.put(
                        service.name(),
                        service.tasks().stream()
                                .filter(task -> task.state().equals("running"))
                                .map(TaskStatus::node)
                                .flatMap(Optional::stream)
                                .toList()));
        Map<String, String> limits = new TreeMap<>();
        swarm.scalableServices()
                .read(status.stack())
                .forEach((name, service) -> service.tasks().stream()
                        .map(ServiceTask::limit)
                        .flatMap(share -> share.cpus().stream())
                        .findFirst()
                        .ifPresent(cpus -> limits.put(name, processors(cpus.nanos()))));
        return new Layout(nodes, limits);
    }

    private static String processors(long nanos) {
        return BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString();
    }
}
