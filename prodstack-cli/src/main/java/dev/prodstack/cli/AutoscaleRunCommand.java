package dev.prodstack.cli;

import dev.prodstack.autoscale.Autoscaler;
import dev.prodstack.autoscale.Controller;
import dev.prodstack.autoscale.ControllerEvent;
import dev.prodstack.autoscale.Leadership;
import dev.prodstack.autoscale.Look;
import dev.prodstack.autoscale.PolicySource;
import dev.prodstack.autoscale.ScaledStack;
import dev.prodstack.autoscale.metrics.MetricReader;
import dev.prodstack.autoscale.metrics.Patience;
import dev.prodstack.autoscale.metrics.Secrets;
import dev.prodstack.autoscale.telemetry.ControllerMetrics;
import dev.prodstack.autoscale.telemetry.ControllerServer;
import dev.prodstack.autoscale.telemetry.DecisionLog;
import dev.prodstack.autoscale.telemetry.Readiness;
import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.observe.ScalingText;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.cli.settings.Setting;
import dev.prodstack.core.cluster.ClusterStore;
import dev.prodstack.core.cluster.ScalableServices;
import dev.prodstack.core.scaling.MetricSources;
import dev.prodstack.swarm.Swarm;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code prodstack autoscale run}. */
@Command(
        name = "run",
        header = "Look after the scaled services of a stack: observe, decide, scale.",
        description = {
            "prodstack autoscale run -n shop             by the policies of the last deploy",
            "prodstack autoscale run -f compose.yml      by those of a file",
            "prodstack autoscale run --once --dry-run    one look that changes nothing",
        },
        customSynopsis = "prodstack autoscale run [OPTIONS]",
        footer = {
            "Prints what it decides as JSON lines. Several may run: one leads, and another",
            "takes over within 30 s if it falls silent. /metrics, /healthz and /readyz answer",
            "at --listen."
        })
final class AutoscaleRunCommand extends StackAction {
    private static final Duration FAREWELL = Duration.ofSeconds(8);

    @Option(names = "--once", description = "Look once, and end.")
    private boolean once;

    @Option(names = "--dry-run", description = "Change nothing; needs --once.")
    private boolean dryRun;

    @Option(
            names = "--listen",
            paramLabel = "[HOST]:PORT",
            description = "Where to answer Prometheus and health checks; by default :9560.")
    private String listen = ":9560";

    @Option(
            names = "--secrets",
            paramLabel = "DIR",
            description = "Where the stack's secrets are mounted; by default /run/secrets.")
    private Path secrets = Secrets.MOUNTED;

    @Option(names = "--every-decision", description = "Print every decision, not only those that say something new.")
    private boolean everyDecision;

    AutoscaleRunCommand() {}

    /** Lets another one lead before the process ends. */
    @Override
    Duration farewell() {
        return once ? Duration.ZERO : FAREWELL;
    }

    @Override
    ExitCode run(Context context) {
        if (dryRun && !once) {
            throw Failure.usage("--dry-run needs --once", "or set mode: dry-run in the policy");
        }
        InetSocketAddress address = address(listen);
        try (Swarm swarm = ConnectionOptions.connect(context)) {
            String name = StackNames.resolve(context, swarm);
            PolicySource policies = policies(context, swarm.scalableServices(), name);
            if (once) {
                return lookOnce(context, swarm, name, policies);
            }
            return runOn(context, swarm, name, policies, address);
        }
    }

    /** From the files that are named, or else from what the last deploy left with the services. */
    private static PolicySource policies(Context context, ScalableServices services, String name) {
        if (!context.settings().words(Setting.FILE).isEmpty()) {
            ScaledStack stack = ScaledStack.of(StackFiles.load(context).stack());
            return () -> stack;
        }
        return new DeployedPolicies(services, name);
    }

    private ExitCode lookOnce(Context context, Swarm swarm, String name, PolicySource policies) {
        OutputFormat format = context.format(OutputFormat.TABLE, OutputFormat.JSON, OutputFormat.YAML);
        ScaledStack scaled = read(policies);
        if (scaled.policies().isEmpty()) {
            throw Failure.failed(
                    "no service of stack " + name + " has a scaling policy",
                    "write x-prodstack.autoscale beside one and deploy, or name the file with --file");
        }
        Autoscaler.Effect effect = dryRun ? Autoscaler.Effect.NONE : Autoscaler.Effect.SCALES;
        ClusterStore store = swarm.store();
        Leadership leadership = new Leadership(store, name, identity(context));
        if (!dryRun && !leadership.hold()) {
            throw Failure.ended(
                    ExitCode.LOCK_HELD,
                    "another autoscaler looks after stack " + name + ": "
                            + leadership.leader().orElse("?"),
                    "try --dry-run, or prodstack autoscale status");
        }
        try (MetricReader metrics = reader(scaled.sources())) {
            Look look = new Autoscaler(name, swarm.scalableServices(), store, effect).look(scaled, metrics);
            context.results()
                    .print(
                            format == OutputFormat.TABLE
                                    ? ScalingText.explained(look)
                                    : format.print(ScalingText.data(look)));
            return look.missing().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
        } finally {
            if (!dryRun) {
                leadership.resign();
            }
        }
    }

    private static ScaledStack read(PolicySource policies) {
        try {
            return policies.read();
        } catch (PolicySource.UnreadablePolicies e) {
            throw Failure.failed(String.valueOf(e.getMessage()), "deploy again", e);
        }
    }

    private ExitCode runOn(
            Context context, Swarm swarm, String name, PolicySource policies, InetSocketAddress address) {
        ControllerMetrics metrics = new ControllerMetrics();
        Readiness readiness = new Readiness();
        DecisionLog.Detail detail = everyDecision ? DecisionLog.Detail.ALL : DecisionLog.Detail.CHANGES;
        DecisionLog log = new DecisionLog(detail, line -> context.results().print(line + "\n"));
        Consumer<ControllerEvent> listener = log.andThen(metrics).andThen(readiness);
        ClusterStore store = swarm.store();
        Controller controller = new Controller(
                policies,
                new Autoscaler(name, swarm.scalableServices(), store, Autoscaler.Effect.SCALES),
                new Leadership(store, name, identity(context)),
                this::reader,
                listener);
        Thread worker = Thread.currentThread();
        try (ControllerServer server = ControllerServer.start(address, metrics, readiness, worker::isAlive)) {
            context.messages()
                    .note("looking after stack " + name + "; answering at port "
                            + server.address().getPort());
            controller.run();
            return ExitCode.INTERRUPTED;
        } catch (IOException e) {
            throw Failure.failed(
                    "nothing can listen at " + listen + ": " + e.getMessage(), "name another place with --listen", e);
        }
    }

    private MetricReader reader(MetricSources sources) {
        return MetricReader.of(sources, new Secrets(secrets), Patience.between(sources.interval()));
    }

    /** A name that no other process has, and that tells people where this one is. */
    private static String identity(Context context) {
        Map<String, String> environment = context.surroundings().environment();
        String host = Optional.ofNullable(environment.get("HOSTNAME")).orElse("local");
        return host + "/" + UUID.randomUUID().toString().substring(0, 8);
    }

    private static InetSocketAddress address(String word) {
        int colon = word.lastIndexOf(':');
        String port = word.substring(colon + 1);
        if (colon < 0 || !port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
            throw Failure.usage("--listen cannot be \"" + word + "\"", "write it like :9560 or 127.0.0.1:9560");
        }
        String host = word.substring(0, colon);
        return host.isEmpty()
                ? new InetSocketAddress(Integer.parseInt(port))
                : new InetSocketAddress(host, Integer.parseInt(port));
    }
}
