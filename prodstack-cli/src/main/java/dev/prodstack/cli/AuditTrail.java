package dev.prodstack.cli;

import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.core.cluster.Uninterruptibly;
import dev.prodstack.core.problem.Problem;
import dev.prodstack.swarm.Swarm;
import dev.prodstack.swarm.audit.AuditEntry;
import dev.prodstack.swarm.plan.Change;
import dev.prodstack.swarm.plan.Plan;
import dev.prodstack.swarm.problem.EngineException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/**
 * Records what a command changes, before it begins and when it has ended: in the cluster, and the end at the relay
 * where {@code PRODSTACK_RELAY_DSN} names one. That it cannot be recorded is a warning, whatever the command came to.
 */
final class AuditTrail {
    private static final String RELAY = "PRODSTACK_RELAY_DSN";

    private final Context context;
    private final Swarm swarm;
    private final String stack;
    private final String command;
    private final String id = UUID.randomUUID().toString().replace("-", "");

    AuditTrail(Context context, Swarm swarm, String stack, String command) {
        this.context = context;
        this.swarm = swarm;
        this.stack = stack;
        this.command = command;
    }

    /** What a plan changes, each in a few words. */
    static List<String> changes(Plan plan) {
        return plan.changes().stream().map(AuditTrail::words).toList();
    }

    private static String words(Change change) {
        if (change instanceof Change.Remove removal) {
            return "remove " + removal.kind() + " " + removal.name();
        } else if (change instanceof Change.CreateNetwork) {
            return "create network " + change.name();
        } else if (change instanceof Change.CreateConfig) {
            return "create config " + change.name();
        } else if (change instanceof Change.RunJob) {
            return "run job " + change.name();
        } else if (change instanceof Change.CreateSecret) {
            return "create secret " + change.name();
        }
        return (change instanceof Change.CreateService ? "create" : "update") + " service " + change.name();
    }

    /** Does the work and records how it ended; nothing is recorded where nothing is to be changed. */
    ExitCode around(List<String> changes, Supplier<ExitCode> work) {
        if (changes.isEmpty()) {
            return work.get();
        }
        write(entry(changes, AuditEntry.BEGUN, ""));
        try {
            ExitCode code = work.get();
            record(changes, code, "");
            return code;
        } catch (Failure e) {
            record(changes, e.code(), e.message());
            throw e;
        } catch (CancellationException e) {
            record(changes, ExitCode.INTERRUPTED, "");
            throw e;
        } catch (EngineException e) {
            record(changes, ExitCode.FAILED, e.reason());
            throw e;
        }
    }

    private void record(List<String> changes, ExitCode code, String message) {
        AuditEntry entry = entry(changes, code.word(), message);
        Uninterruptibly.run(() -> write(entry));
        String dsn = context.surroundings().environment().getOrDefault(RELAY, "");
        if (!dsn.isEmpty()) {
            send(dsn, entry);
        }
    }

    private AuditEntry entry(List<String> changes, String outcome, String message) {
        Operator operator = Operator.of(context);
        return new AuditEntry(
                id, Instant.now(), operator.user(), operator.host(), stack, command, changes, outcome, message);
    }

    private void write(AuditEntry entry) {
        try {
            swarm.record(entry);
        } catch (EngineException e) {
            warn("this was not written to the cluster's audit trail: " + e.reason(), e.fix());
        }
    }

    private void send(String dsn, AuditEntry entry) {
        try {
            Relay.at(dsn).send(entry);
        } catch (IllegalArgumentException e) {
            warn("this was not reported to the relay: " + e.getMessage(), "correct " + RELAY);
        } catch (IOException e) {
            warn("this was not reported to the relay: " + e.getMessage(), "see whether the relay runs");
        }
    }

    private void warn(String message, String fix) {
        context.messages().warning(new Problem(Failure.ARGUMENTS, "", message, fix));
    }
}
