package dev.prodstack.cli.outcome;

import dev.prodstack.core.problem.Position;
import dev.prodstack.core.problem.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The end of a command that could not do what it was asked, in words for the person who typed it. */
public final class Failure extends RuntimeException {
    /** Where the reader places what is wrong with what it was asked to read: nowhere that could be shown. */
    public static final Position ARGUMENTS = Position.of("<arguments>");

    private static final long serialVersionUID = 1L;

    private final ExitCode code;
    private final String message;
    private final String fix;
    private final transient List<Problem> problems;

    private Failure(ExitCode code, String message, String fix, List<Problem> problems, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.message = message;
        this.fix = fix;
        this.problems = List.copyOf(problems);
    }

    /**
     * A command line that makes no sense.
     *
     * @param message what was found and what was expected, without a full stop
     * @param fix what to do next; empty where the message says it all
     */
    public static Failure usage(String message, String fix) {
        return new Failure(ExitCode.USAGE, message, fix, List.of(), null);
    }

    /** Settings that make no sense, each at its place. */
    public static Failure settings(List<Problem> problems) {
        return new Failure(
                ExitCode.USAGE, Counted.of(problems.size(), "problem") + " in the settings", "", problems, null);
    }

    /**
     * Work that did not succeed.
     *
     * @param message what happened, without a full stop
     * @param fix what to do next; empty where the message says it all
     */
    public static Failure failed(String message, String fix) {
        return new Failure(ExitCode.FAILED, message, fix, List.of(), null);
    }

    /**
     * Work that ended in one of the other ways there is a code for.
     *
     * @param code how it ended
     * @param message what happened, without a full stop
     * @param fix what to do next; empty where the message says it all
     */
    public static Failure ended(ExitCode code, String message, String fix) {
        return new Failure(code, message, fix, List.of(), null);
    }

    /** Input that is wrong in one or more places. */
    public static Failure input(List<Problem> problems, Throwable cause) {
        if (problems.size() == 1 && problems.get(0).position().equals(ARGUMENTS)) {
            return failed(problems.get(0).message(), problems.get(0).fix(), cause);
        }
        List<String> files = problems.stream()
                .map(Problem::position)
                .filter(position -> !position.equals(ARGUMENTS))
                .map(Position::file)
                .distinct()
                .toList();
        String where =
                files.isEmpty() ? "" : " in " + (files.size() == 1 ? files.get(0) : Counted.of(files.size(), "file"));
        return new Failure(ExitCode.FAILED, Counted.of(problems.size(), "problem") + where, "", problems, cause);
    }

    /**
     * Work that did not succeed because something underneath failed.
     *
     * @param message what happened, without a full stop
     * @param fix what to do next; empty where the message says it all
     */
    public static Failure failed(String message, String fix, Throwable cause) {
        return new Failure(ExitCode.FAILED, message, fix, List.of(), cause);
    }

    /** Something that must not happen: a fault of prodstack, not of its user. */
    public static Failure defect(Throwable cause) {
        return new Failure(
                ExitCode.FAILED,
                "prodstack has a defect: " + cause,
                "run it again with PRODSTACK_DEBUG=1 and report what it prints",
                List.of(),
                cause);
    }

    /** The exit code the command ends with. */
    public ExitCode code() {
        return code;
    }

    /** What happened. */
    public String message() {
        return message;
    }

    /** What to do next; empty where the message says it all. */
    public String fix() {
        return fix;
    }

    /** What is wrong with the input, where that is the reason. */
    public List<Problem> problems() {
        return problems;
    }
}
