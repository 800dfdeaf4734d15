package dev.prodstack.cli;

import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.display.Table;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.cli.report.DeployReport;
import dev.prodstack.core.problem.Problem;
import dev.prodstack.core.problem.Suggestion;
import dev.prodstack.core.value.Data;
import dev.prodstack.swarm.Swarm;
import dev.prodstack.swarm.node.NodeOutcome;
import dev.prodstack.swarm.node.NodePlan;
import dev.prodstack.swarm.node.NodePlan.Affected;
import dev.prodstack.swarm.node.NodePlan.Availability;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What draining and activating a node have in common. */
final class NodeChange {
    @Parameters(arity = "0..1", paramLabel = "NODE", description = "The node's host name or id.")
    private Optional<String> node = Optional.empty();

    @Option(names = "--dry-run", description = "Show the plan and change nothing.")
    private boolean dryRun;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            description = "How long it may take until the tasks run elsewhere; by default 15m.")
    private String timeout = "15m";

    ExitCode run(Context context, Availability to) {
        OutputFormat format = context.format(OutputFormat.TABLE, OutputFormat.YAML, OutputFormat.JSON);
        Duration deadline = Durations.option("--timeout", timeout);
        try (Swarm swarm = ConnectionOptions.connect(context)) {
            NodePlan plan = plan(swarm, node, to);
            context.results().print(format == OutputFormat.TABLE ? text(plan, context) : format.print(data(plan)));
            plan.warnings()
                    .forEach(warning -> context.messages()
                            .warning(new Problem(
                                    Failure.ARGUMENTS,
                                    "",
                                    warning.subject() + ": " + warning.message(),
                                    warning.fix())));
            if (dryRun || plan.isEmpty()) {
                return ExitCode.DONE;
            }
            return new AuditTrail(context, swarm, "", "node " + to)
                    .around(List.of(to + " node " + plan.node()), () -> apply(context, swarm, plan, deadline));
        }
    }

    /** The plan for a node that is there. */
    static NodePlan plan(Swarm swarm, Optional<String> node, Availability to) {
        List<String> names = swarm.nodes().names();
        String name = node.orElseThrow(() -> Failure.usage("no node given", "name one of " + String.join(", ", names)));
        return swarm.nodes()
                .plan(name, to)
                .orElseThrow(() -> Failure.usage(
                        "the swarm has no node \"" + name + "\"",
                        Suggestion.forWord(name, names).orElse("it has " + String.join(", ", names))));
    }

    private static ExitCode apply(Context context, Swarm swarm, NodePlan plan, Duration deadline) {
        NodeOutcome outcome = swarm.nodes()
                .apply(plan, deadline, line -> context.messages().progress(line, Map.of("event", Data.of(line))));
        String undo = "make room and run it again, or take it back with: prodstack node activate " + plan.node();
        return switch (outcome.ending()) {
            case DONE -> {
                context.messages().note("Done in " + DeployReport.seconds(outcome.took()) + ".");
                yield ExitCode.DONE;
            }
            case NOWHERE_TO_GO -> throw Failure.failed(plan.node() + " is drained, but " + outcome.message(), undo);
            case TIMED_OUT ->
                throw Failure.ended(
                        ExitCode.TIMED_OUT,
                        "the deadline of " + deadline.toSeconds() + " s passed: " + outcome.message(),
                        undo);
        };
    }

    private static String text(NodePlan plan, Context context) {
        if (plan.isEmpty()) {
            return "Nothing to do: " + plan.node() + " is " + plan.to() + ".\n";
        }
        String head = plan.node() + ": " + plan.from() + " -> " + plan.to() + "\n";
        if (plan.to() == Availability.ACTIVE || plan.affected().isEmpty()) {
            return head;
        }
        Table table = new Table("SERVICE", "TASKS THAT MOVE", "TASKS ELSEWHERE");
        plan.affected()
                .forEach(its -> table.row(its.service(), Long.toString(its.here()), Long.toString(its.elsewhere())));
        return head + table.print(context.style());
    }

    private static Data data(NodePlan plan) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("node", Data.of(plan.node()));
        fields.put("from", Data.of(plan.from()));
        fields.put("to", Data.of(plan.to().toString()));
        fields.put(
                "services",
                Data.of(plan.affected().stream().map(NodeChange::data).toList()));
        return Data.of(fields);
    }

    private static Data data(Affected its) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("service", Data.of(its.service()));
        fields.put("stack", Data.of(its.stack()));
        fields.put("here", Data.of(its.here()));
        fields.put("elsewhere", Data.of(its.elsewhere()));
        return Data.of(fields);
    }
}
