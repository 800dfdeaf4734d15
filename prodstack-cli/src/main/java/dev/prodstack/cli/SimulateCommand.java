package dev.prodstack.cli;

import dev.prodstack.autoscale.replay.Comparison;
import dev.prodstack.autoscale.replay.Prices;
import dev.prodstack.autoscale.replay.Replay;
import dev.prodstack.autoscale.replay.ServiceModel;
import dev.prodstack.autoscale.replay.Trace;
import dev.prodstack.autoscale.replay.TraceFile;
import dev.prodstack.autoscale.replay.TraceFile.Content;
import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.cli.replay.ReplayData;
import dev.prodstack.cli.replay.ReplayPage;
import dev.prodstack.cli.replay.ReplayText;
import dev.prodstack.core.scaling.ScalingPolicy;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code prodstack autoscale simulate}. */
@Command(
        name = "simulate",
        header = "Replay scaling policies on recorded load: replicas, delays and cost.",
        description = {
            "prodstack autoscale simulate backend --trace load.csv",
            "prodstack autoscale simulate backend --trace load.csv --report replay.html",
            "prodstack autoscale simulate --policy a.yml --policy b.yml --trace load.csv",
            "prodstack autoscale simulate worker --trace a.csv --arrivals --capacity 4",
            "prodstack autoscale simulate web --from-prometheus stack --query load",
        },
        customSynopsis = "prodstack autoscale simulate [SERVICE] [OPTIONS]",
        footer = {
            "The policies stand beside an oracle that knows the load ahead, and beside the",
            "fixed minimum and maximum of the first policy. What is saved is measured by the",
            "maximum. The service model is described in docs/AUTOSCALING_STRATEGY.md."
        })
final class SimulateCommand extends StackFileAction {
    @Parameters(
            arity = "0..1",
            paramLabel = "SERVICE",
            description = "A service of the stack; its policy is replayed first.")
    private Optional<String> service = Optional.empty();

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "A policy as x-prodstack.autoscale has it, alone in a file; repeatable.")
    private List<Path> policies = new ArrayList<>();

    @Option(names = "--trace", paramLabel = "FILE", description = "The load as CSV: a time, and the load from then on.")
    private Optional<Path> trace = Optional.empty();

    @Mixin
    private RecordedLoad recorded = new RecordedLoad();

    @Option(names = "--arrivals", description = "Each line of the trace is one arrival, not a load.")
    private boolean arrivals;

    @Option(names = "--step", paramLabel = "TIME", description = "The time between two looks. By default 1m.")
    private String step = "1m";

    @Option(
            names = "--capacity",
            paramLabel = "LOAD",
            description = "What one replica bears, in the trace's unit. By default such that max replicas"
                    + " bear the peak at the target.")
    private Optional<Double> capacity = Optional.empty();

    @Option(
            names = "--target",
            paramLabel = "SHARE",
            description = "The share of its capacity a replica should not work above. By default the policy's CPU"
                    + " target, or 1.")
    private Optional<Double> target = Optional.empty();

    @Option(names = "--start-up", paramLabel = "TIME", description = "How long a replica starts. By default 30s.")
    private String startUp = "30s";

    @Option(
            names = "--reserved",
            paramLabel = "N",
            description = "Replicas paid for all the time. By default the policy's min.")
    private Optional<Integer> reserved = Optional.empty();

    @Option(
            names = "--reserved-price",
            paramLabel = "PRICE",
            description = "The price of one of them an hour. By default 0.6.")
    private double reservedPrice = 0.6;

    @Option(
            names = "--on-demand-price",
            paramLabel = "PRICE",
            description = "The price of each further one an hour. By default 1.")
    private double onDemandPrice = 1;

    @Option(names = "--report", paramLabel = "FILE", description = "Write a page with charts to this file, too.")
    private Optional<Path> report = Optional.empty();

    SimulateCommand() {}

    @Override
    ExitCode run(Context context) {
        OutputFormat format = context.format(OutputFormat.TABLE, OutputFormat.YAML, OutputFormat.JSON);
        Map<String, ScalingPolicy> chosen = Policies.load(context, service, policies);
        Duration length = Durations.option("--step", step);
        if (trace.isPresent() == recorded.isAskedFor()) {
            throw Failure.usage(
                    trace.isPresent()
                            ? "the load comes from a file or from Prometheus, not from both"
                            : "a load is missing",
                    "give --trace FILE, or --from-prometheus URL with --query");
        }
        Trace load = trace.isPresent() ? load(context, trace.get(), length) : recorded.load(context, length);
        ScalingPolicy first = chosen.values().iterator().next();
        Comparison comparison;
        try {
            Prices prices = new Prices(reserved.orElse(first.bounds().min()), reservedPrice, onDemandPrice);
            comparison = Comparison.of(load, model(load, first), prices, chosen);
        } catch (IllegalArgumentException e) {
            throw Failure.usage(String.valueOf(e.getMessage()), "see prodstack autoscale simulate --help");
        }
        String source = trace.map(its -> String.valueOf(its.getFileName())).orElseGet(recorded::label);
        report.ifPresent(file -> write(
                context.surroundings().workingDirectory().resolve(file),
                ReplayPage.of("Replay of " + String.join(" and ", chosen.keySet()) + " on " + source, comparison)));
        context.results()
                .print(
                        format == OutputFormat.TABLE
                                ? ReplayText.of(comparison, context.style())
                                : format.print(ReplayData.of(comparison)));
        return ExitCode.DONE;
    }

    private ServiceModel model(Trace load, ScalingPolicy policy) {
        OptionalDouble cpu = Replay.cpuTarget(policy);
        double share = target.orElse(cpu.isPresent() ? cpu.getAsDouble() : 1.0);
        double most = capacity.orElse(
                Math.max(load.peak(), Double.MIN_NORMAL) / (policy.bounds().max() * share));
        return new ServiceModel(most, Durations.option("--start-up", startUp), share);
    }

    private Trace load(Context context, Path trace, Duration length) {
        Path file = context.surroundings().workingDirectory().resolve(trace);
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            return TraceFile.read(lines, arrivals ? Content.ARRIVALS : Content.LOAD, length);
        } catch (IOException e) {
            throw Failure.failed("the trace " + trace + " cannot be read: " + Failures.word(e), "", e);
        } catch (IllegalArgumentException e) {
            throw Failure.failed("the trace " + trace + " is wrong: " + e.getMessage(), "", e);
        }
    }

    private static void write(Path file, String page) {
        try {
            Files.writeString(file, page);
        } catch (IOException e) {
            throw Failure.failed("the report " + file + " cannot be written: " + Failures.word(e), "", e);
        }
    }
}
