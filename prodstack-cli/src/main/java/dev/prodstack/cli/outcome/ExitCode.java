package dev.prodstack.cli.outcome;

/** How a command ended, as scripts see it. {@code docs/COMMAND_LINE.md} has the same table. */
public enum ExitCode {
    /** The command did what it was asked to do. */
    DONE(0, "done", "The command did what it was asked to do."),
    /** The command failed. */
    FAILED(1, "failed", "The command failed, or what it checked has errors. The message says what to do."),
    /** The command line cannot be understood. */
    USAGE(2, "usage", "The command line or a setting is wrong. Nothing was done."),
    /** A plan has changes that were not applied. */
    CHANGES_PENDING(3, "changes pending", "There are changes that were not applied, as asked."),
    /** A change failed and was taken back. */
    ROLLED_BACK(4, "rolled back", "The change failed and was taken back; what ran before runs again."),
    /** A change was stopped half-way on purpose. */
    ABORTED(5, "aborted", "The change was stopped, by a person or by a check, and not taken back by itself."),
    /** A change waits for somebody to decide. */
    PAUSED(6, "paused", "The change is half-way and waits for somebody to continue or abort it."),
    /** A deadline passed. */
    TIMED_OUT(7, "timed out", "The deadline passed. The message says what was waited for."),
    /** Somebody else is at work on the same thing. */
    LOCK_HELD(8, "lock held", "Somebody else is changing the same thing. The message says who and since when."),
    /** What was measured is less than what is promised. */
    MISSED(9, "missed", "What was measured is less than what is promised, or something failed under the load."),
    /** Ctrl-C, or the signal behind it; the number is the shell's, 128 + SIGINT. */
    INTERRUPTED(130, "interrupted", "The command was interrupted, by Ctrl-C for example.");

    private final int number;
    private final String word;
    private final String meaning;

    ExitCode(int number, String word, String meaning) {
        this.number = number;
        this.word = word;
        this.meaning = meaning;
    }

    /** The process's exit status. */
    public int number() {
        return number;
    }

    /** Its name in messages and in JSON. */
    public String word() {
        return word;
    }

    /** What a script may conclude, one or two sentences. */
    public String meaning() {
        return meaning;
    }
}
