package dev.prodstack.cli;

import dev.prodstack.backup.stack.RestorePlan;
import dev.prodstack.backup.stack.RestoreReport;
import dev.prodstack.backup.stack.StackRestore;
import dev.prodstack.backup.stack.StackRestore.Safety;
import dev.prodstack.backup.work.Moment;
import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.core.backup.BackupPart;
import dev.prodstack.core.backup.BackupPlan.Verification;
import dev.prodstack.core.backup.BackupRecord;
import dev.prodstack.core.cluster.Uninterruptibly;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.swarm.Swarm;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code prodstack restore}. */
@Command(
        name = "restore",
        header = "Restore a stack, or parts of it, from a backup.",
        description = {
            "prodstack restore --dry-run                     the newest: what would happen?",
            "prodstack restore --confirm shop                do it",
            "prodstack restore 20261126T02 --confirm shop    an older one",
            "prodstack restore --only web --confirm shop     one service",
            "prodstack restore --into shop2 --confirm shop2  beside the running stack",
            "prodstack restore --to-time \"2026-11-26 10:31\" databases as they were then",
        },
        customSynopsis = "prodstack restore [BACKUP] --confirm STACK [OPTIONS]",
        footer = {
            "The repository is verified first, and what is replaced is backed up. Services",
            "that depend on it are stopped meanwhile, and started when all of it is there. If",
            "something fails, what was there before comes back (exit code 4). What is left",
            "half-way (exit code 5) stays stopped, and the message says what to do."
        })
final class RestoreCommand extends BackupAction {
    @Parameters(arity = "0..1", paramLabel = "BACKUP", description = "Which one; by default latest.")
    private String backup = BackupChoice.LATEST;

    @Mixin
    private MomentOptions moment = new MomentOptions();

    @Option(names = "--dry-run", description = "Show the plan and change nothing.")
    private boolean dryRun;

    @Option(
            names = "--confirm",
            paramLabel = "STACK",
            description = "The name of the stack that is restored into, to show that it is meant.")
    private Optional<String> confirmed = Optional.empty();

    @Option(
            names = "--only",
            paramLabel = "PART",
            description = "Only these: a service, or a service and a source as in \"web volume uploads\".")
    private List<String> only = new ArrayList<>();

    @Option(names = "--skip", paramLabel = "PART", description = "Not these.")
    private List<String> skip = new ArrayList<>();

    @Option(
            names = "--into",
            paramLabel = "STACK",
            description = "Restore into another stack, which is deployed from the same files.")
    private Optional<String> into = Optional.empty();

    @Option(
            names = "--verify",
            paramLabel = "LEVEL",
            description = "What is checked before: structure, or data (the default), which reads every byte.")
    private String verify = "data";

    @Option(
            names = "--no-safety-backup",
            description = "Do not back up what is replaced: it is beyond saving, or can be done without.")
    private boolean unsafe;

    @Option(
            names = "--resume",
            description = "Do again the restore that was interrupted, whose services are still stopped.")
    private boolean resume;

    @Option(names = "--undo", description = "Bring back what was there before the restore that was interrupted.")
    private boolean undo;

    @Mixin
    private LockOptions lock = new LockOptions();

    RestoreCommand() {}

    @Override
    Duration patience() {
        return lock.patience();
    }

    @Override
    ExitCode run(Context context, Swarm swarm, Stack file) throws IOException, InterruptedException {
        OutputFormat format = context.format(OutputFormat.TABLE, OutputFormat.JSON, OutputFormat.YAML);
        Verification level = level();
        Stack stack = into.map(name -> named(file, name)).orElse(file);
        StackRestore restore = new StackRestore(
                stack,
                BackupOptions.settings(file),
                image(context, file),
                BackupOptions.cluster(context, swarm).waiting(patience()),
                new BackupEvents(context));
        Optional<StackRestore.Unfinished> unfinished = restore.unfinished();
        RestorePlan plan = plan(restore, file.name(), list(context, swarm, file), unfinished);
        if (format == OutputFormat.TABLE) {
            context.results().print(RestoreText.of(plan, context.style()));
        } else if (dryRun) {
            context.results().print(format.print(RestoreText.data(plan)));
        }
        unfinished
                .filter(its -> !resume && !undo)
                .ifPresent(its -> context.messages()
                        .note("a restore of " + its.backup() + " was interrupted after " + its.done() + " of "
                                + its.parts().size() + " parts; this one takes its place"));
        if (!plan.obstacles().isEmpty()) {
            throw Failure.failed("this cannot be restored: " + String.join("; ", plan.obstacles()), "");
        }
        if (dryRun) {
            return ExitCode.DONE;
        }
        if (confirmed.filter(stack.name()::equals).isEmpty()) {
            throw Failure.usage(
                    confirmed.isEmpty()
                            ? "restoring replaces data of the stack " + stack.name()
                            : "--confirm says " + confirmed.get() + ", the stack is " + stack.name(),
                    "if that is meant, add --confirm " + stack.name());
        }
        // What is half restored is nothing to go back to; what was there before is in the safety backup.
        Safety safety = unsafe || resume || undo ? Safety.NONE : Safety.BACKUP;
        try {
            return restore(context, swarm, plan, () -> restore.run(plan, level, safety), format);
        } catch (CancellationException e) {
            throw interrupted(restore, e);
        }
    }

    private static Failure interrupted(StackRestore restore, CancellationException e) {
        List<StackRestore.Unfinished> left = new ArrayList<>();
        Uninterruptibly.run(() -> restore.unfinished().ifPresent(left::add));
        String stopped =
                left.stream().flatMap(its -> its.stopped().stream()).distinct().collect(Collectors.joining(", "));
        Failure failure = left.isEmpty()
                ? Failure.ended(ExitCode.INTERRUPTED, "interrupted before anything was changed", "")
                : Failure.ended(
                        ExitCode.INTERRUPTED,
                        "interrupted half-way" + (stopped.isEmpty() ? "" : ": " + stopped + " stay stopped"),
                        "go on with --resume, or bring back what was there before with --undo");
        failure.addSuppressed(e);
        return failure;
    }

    private RestorePlan plan(
            StackRestore restore, String from, List<BackupRecord> backups, Optional<StackRestore.Unfinished> unfinished)
            throws IOException {
        Optional<Moment> meant = moment.moment();
        if (meant.isPresent() && (resume || undo || !backup.equals(BackupChoice.LATEST))) {
            throw Failure.usage("a moment is given, and a backup, --resume or --undo too", "give one of them");
        }
        if (meant.isPresent()) {
            return restore.planTo(meant.get(), from, backups, this::isMeant);
        }
        if (!resume && !undo) {
            return restore.plan(BackupChoice.of(backups, backup), this::isMeant);
        }
        StackRestore.Unfinished its = unfinished.orElseThrow(
                () -> Failure.usage("no restore of this stack was interrupted", "leave out --resume and --undo"));
        if (undo && its.safety().isEmpty()) {
            throw Failure.failed(
                    "nothing was backed up before that restore, so there is nothing to go back to",
                    "finish it with --resume");
        }
        if (undo) {
            return restore.planBack(its, BackupChoice.of(backups, its.safety()));
        }
        return its.moment().isPresent()
                ? restore.planTo(
                        its.moment().get(), from, backups, part -> its.parts().contains(part.name()))
                : restore.plan(
                        BackupChoice.of(backups, its.backup()),
                        part -> its.parts().contains(part.name()));
    }

    private boolean isMeant(BackupPart part) {
        boolean wanted = only.isEmpty() || only.contains(part.service()) || only.contains(part.name());
        return wanted && !skip.contains(part.service()) && !skip.contains(part.name());
    }

    private Verification level() {
        return switch (verify) {
            case "structure" -> Verification.Level.STRUCTURE;
            case "data" -> Verification.Level.DATA;
            default -> throw Failure.usage("--verify cannot be \"" + verify + "\"", "use structure or data");
        };
    }

    /** The same stack under another name. */
    static Stack named(Stack stack, String name) {
        return new Stack(
                name,
                stack.services(),
                stack.networks(),
                stack.volumes(),
                stack.secrets(),
                stack.configs(),
                stack.operations(),
                stack.extensions());
    }

    private interface Run {
        RestoreReport run() throws IOException, InterruptedException;
    }

    private ExitCode restore(Context context, Swarm swarm, RestorePlan plan, Run run, OutputFormat format)
            throws IOException {
        List<RestoreReport> done = new ArrayList<>();
        List<IOException> thrown = new ArrayList<>();
        ExitCode code = new AuditTrail(context, swarm, plan.stack(), "restore")
                .around(RestoreText.changes(plan), () -> {
                    try {
                        done.add(run.run());
                        return code(done.get(0));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new CancellationException("interrupted");
                    } catch (IOException e) {
                        thrown.add(e);
                        return ExitCode.FAILED;
                    }
                });
        for (IOException e : thrown) {
            throw new IOException(e.getMessage(), e);
        }
        RestoreReport report = done.get(0);
        context.results()
                .print(format == OutputFormat.TABLE ? RestoreText.of(report) : format.print(RestoreText.data(report)));
        if (code != ExitCode.DONE) {
            throw Failure.ended(code, report.reason(), "");
        }
        return code;
    }

    private static ExitCode code(RestoreReport report) {
        return switch (report.ending()) {
            case DONE -> ExitCode.DONE;
            case WENT_BACK -> ExitCode.ROLLED_BACK;
            case STUCK -> ExitCode.ABORTED;
        };
    }
}
