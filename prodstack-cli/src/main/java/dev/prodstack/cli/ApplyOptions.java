package dev.prodstack.cli;

import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.outcome.Counted;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.cli.report.DeployReport;
import dev.prodstack.cli.report.OutcomeData;
import dev.prodstack.cli.report.PlanData;
import dev.prodstack.cli.report.PlanText;
import dev.prodstack.core.value.GoDuration;
import dev.prodstack.swarm.Swarm;
import dev.prodstack.swarm.lock.Claim;
import dev.prodstack.swarm.lock.LockHeldException;
import dev.prodstack.swarm.lock.LockLostException;
import dev.prodstack.swarm.lock.StackLock;
import dev.prodstack.swarm.plan.Plan;
import dev.prodstack.swarm.problem.EngineException;
import dev.prodstack.swarm.progress.DeployOptions;
import dev.prodstack.swarm.progress.DeployOptions.OnFailure;
import dev.prodstack.swarm.progress.DeployOutcome;
import java.time.Duration;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The options of commands that change the cluster, and what these have in common: show the plan, apply it, tell how it
 * ended.
 */
final class ApplyOptions {
    @Option(names = "--dry-run", description = "Show the plan and change nothing.")
    private boolean dryRun;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            description = "How long it may take until everything is healthy; by default 15m.")
    private String timeout = "15m";

    @Option(
            names = "--on-failure",
            paramLabel = "ANSWER",
            description = "What to do with what was changed when something fails: go-back (the default) or leave.")
    private String onFailure = "go-back";

    @Mixin
    private LockOptions lock = new LockOptions();

    @Option(
            names = "--break-lock",
            description = "Take the lock from whoever changes the stack. Only when they are known to be gone.")
    private boolean breakLock;

    private int keepReleases = DeployOptions.KEPT_RELEASES;

    /**
     * What is to be done.
     *
     * @param stack the stack's name
     * @param command the command's name, for the audit trail
     * @param purpose what others are told it is about
     * @param plan makes the plan; asked once, under the lock
     */
    record Work(String stack, String command, String purpose, Supplier<Plan> plan) {
        /** Whose purpose is the command itself. */
        Work(String stack, String command, Supplier<Plan> plan) {
            this(stack, command, command, plan);
        }
    }

    /** Remembers another number of releases. */
    void keepReleases(int number) {
        keepReleases = number;
    }

    boolean dryRun() {
        return dryRun;
    }

    /**
     * How plans are applied.
     *
     * @throws Failure if the options make no sense
     */
    DeployOptions options() {
        return DeployOptions.standard().within(deadline()).onFailure(answer()).keeping(keepReleases);
    }

    private Duration deadline() {
        try {
            Duration deadline = GoDuration.parse(timeout);
            if (!deadline.isZero()) {
                return deadline;
            }
        } catch (IllegalArgumentException e) {
            throw Failure.usage("--timeout cannot be \"" + timeout + "\": " + e.getMessage(), "try 15m");
        }
        throw Failure.usage("--timeout cannot be nothing at all", "try 15m");
    }

    private OnFailure answer() {
        return switch (onFailure) {
            case "go-back" -> OnFailure.GO_BACK;
            case "leave" -> OnFailure.LEAVE;
            default -> throw Failure.usage("--on-failure cannot be \"" + onFailure + "\"", "use go-back or leave");
        };
    }

    /**
     * Makes the plan, shows it, applies it, and tells how it ended.
     *
     * @throws Failure if it did not end as planned
     */
    ExitCode run(Context context, Swarm swarm, Work work) {
        Claim claim = claim(Operator.of(context).toString(), work.purpose());
        if (dryRun) {
            show(context, work.plan().get());
            return ExitCode.DONE;
        }
        try (StackLock lock = swarm.lock(work.stack(), claim)) {
            Plan plan = work.plan().get();
            show(context, plan);
            return new AuditTrail(context, swarm, plan.stack(), work.command())
                    .around(AuditTrail.changes(plan), () -> apply(context, swarm, lock, plan));
        } catch (LockHeldException e) {
            throw Failure.ended(
                    ExitCode.LOCK_HELD,
                    String.valueOf(e.getMessage()),
                    "wait for them (--lock-timeout 5m does); if they are known to be gone, take it with --break-lock");
        }
    }

    private Claim claim(String holder, String purpose) {
        Claim claim = Claim.of(holder, purpose).waiting(lock.patience());
        return breakLock ? claim.breaking() : claim;
    }

    private void show(Context context, Plan plan) {
        OutputFormat format = context.format(OutputFormat.TABLE, OutputFormat.YAML, OutputFormat.JSON);
        boolean table = format == OutputFormat.TABLE;
        boolean obstructed = !plan.obstacles().isEmpty();
        if (table) {
            context.results().print(PlanText.of(plan, context.style()));
        } else if (dryRun || obstructed) {
            context.results().print(format.print(PlanData.of(plan)));
        }
        if (obstructed) {
            throw PlanningOptions.obstructed(plan);
        }
    }

    private ExitCode apply(Context context, Swarm swarm, StackLock lock, Plan plan) {
        OutputFormat format = context.format(OutputFormat.TABLE, OutputFormat.YAML, OutputFormat.JSON);
        DeployOutcome outcome;
        try {
            outcome = swarm.apply(lock, plan, options(), new DeployReport(context.messages()));
        } catch (LockLostException e) {
            throw Failure.ended(ExitCode.ABORTED, String.valueOf(e.getMessage()), "look at it with prodstack status");
        } catch (EngineException e) {
            throw Failure.failed(
                    "cut short, and what was begun goes on: " + e.reason(),
                    (e.fix().isEmpty() ? "reach a manager, of another node with --host" : e.fix())
                            + "; then run it again, which finishes the job",
                    e);
        }
        context.results()
                .print(
                        format == OutputFormat.TABLE
                                ? summary(plan, outcome)
                                : format.print(OutcomeData.of(plan, outcome)));
        return code(outcome);
    }

    private static String summary(Plan plan, DeployOutcome outcome) {
        if (outcome.ending() != DeployOutcome.Ending.DONE || plan.isEmpty()) {
            return "";
        }
        int created = plan.createdServices().size();
        int updated = plan.updatedServices().size();
        long others = (long) plan.changes().size() - created - updated;
        return created + updated == 0
                ? "Done: " + Counted.of(others, "object") + " created or removed, in "
                        + DeployReport.seconds(outcome.took()) + ".\n"
                : "Done: " + Counted.of(created, "service") + " created, " + updated + " updated, "
                        + plan.unchanged().size() + " unchanged, all healthy, in "
                        + DeployReport.seconds(outcome.took()) + ".\n";
    }

    private static ExitCode code(DeployOutcome outcome) {
        String message = outcome.message();
        return switch (outcome.ending()) {
            case DONE -> {
                if (!message.isEmpty()) {
                    throw Failure.failed(
                            "everything runs as planned, but " + message,
                            "see what uses it: docker ps --all --filter volume=NAME");
                }
                yield ExitCode.DONE;
            }
            case ROLLED_BACK ->
                throw Failure.ended(
                        ExitCode.ROLLED_BACK,
                        message + "; what was changed went back to what ran before",
                        "mend what is shown above and deploy again");
            case LEFT ->
                throw Failure.ended(
                        ExitCode.FAILED,
                        message + "; everything was left as it is",
                        "mend what is shown above and deploy again");
            case STUCK ->
                throw Failure.ended(
                        ExitCode.FAILED,
                        message,
                        "look at it with prodstack status; then deploy again, or prodstack rollback");
            case TIMED_OUT ->
                throw Failure.ended(
                        ExitCode.TIMED_OUT,
                        message + "; everything was left as it is",
                        "look at it with prodstack status");
        };
    }
}
