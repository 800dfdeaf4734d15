package dev.prodstack.core.lint;

import java.util.Objects;
import java.util.function.BiConsumer;

/** Something that is legal and hurts. */
public final class Rule {
    private final String id;
    private final Severity severity;
    private final String reason;
    private final StackCheck check;

    private Rule(String id, Severity severity, String reason, StackCheck check) {
        this.id = Objects.requireNonNull(id, "id");
        this.severity = Objects.requireNonNull(severity, "severity");
        this.reason = Objects.requireNonNull(reason, "reason");
        this.check = check;
    }

    /** Looks at a whole stack. */
    @FunctionalInterface
    interface StackCheck {
        void check(StackFacts stack, Report report);
    }

    /** Takes what a check found. */
    @FunctionalInterface
    interface Report {
        /**
         * Adds a finding.
         *
         * @param path what it concerns: from the top of the stack, or below the service that is looked at
         */
        void add(String path, String message, String fix);
    }

    /** A rule about several parts of a stack together. */
    static Rule ofStack(String id, Severity severity, String reason, StackCheck check) {
        return new Rule(id, severity, reason, check);
    }

    /** A rule about each service by itself. */
    static Rule ofService(String id, Severity severity, String reason, BiConsumer<ServiceFacts, Report> check) {
        return new Rule(id, severity, reason, (stack, report) -> {
            for (ServiceFacts service : stack.services()) {
                String base = "services." + service.name();
                check.accept(
                        service,
                        (path, message, fix) -> report.add(path.isEmpty() ? base : base + "." + path, message, fix));
            }
        });
    }

    /** Its name, lower-case words with hyphens such as {@code monitor-too-short}. */
    public String id() {
        return id;
    }

    /** How much it hurts. */
    public Severity severity() {
        return severity;
    }

    /** Why it hurts, one or two full sentences. */
    public String reason() {
        return reason;
    }

    /** Where the guide explains it, relative to the project: {@code docs/LINT.md#monitor-too-short}. */
    public String guide() {
        return "docs/LINT.md#" + id;
    }

    void check(StackFacts stack, Report report) {
        check.check(stack, report);
    }

    /** The id. */
    @Override
    public String toString() {
        return id;
    }
}
