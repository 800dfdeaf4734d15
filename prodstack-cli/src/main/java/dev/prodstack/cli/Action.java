package dev.prodstack.cli;

import dev.prodstack.cli.outcome.ExitCode;

/** What a command does once its arguments are understood. */
interface Action {

    /** The options every command has. */
    CommonOptions common();

    /** The options that say which stack is meant; none set for commands that are about no stack. */
    default StackOptions stack() {
        return new StackOptions();
    }

    /** The options that say which engine is meant; none set for commands that need none. */
    default ConnectionOptions connection() {
        return new ConnectionOptions();
    }

    /**
     * Does it.
     *
     * @throws dev.prodstack.cli.outcome.Failure if that is not possible
     */
    ExitCode run(Context context);
}
