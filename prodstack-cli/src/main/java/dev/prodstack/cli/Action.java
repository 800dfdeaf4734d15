package dev.prodstack.cli;

import dev.prodstack.cli.outcome.ExitCode;
import java.time.Duration;
import picocli.CommandLine.Mixin;

/** What a command does once its arguments are understood, with the options that every command has. */
abstract class Action {
    @Mixin
    private CommonOptions common = new CommonOptions();

    /** The options every command has. */
    final CommonOptions common() {
        return common;
    }

    /** The options that say which stack is meant; none set for commands that are about no stack. */
    StackOptions stack() {
        return new StackOptions();
    }

    /** The options that say which engine is meant; none set for commands that need none. */
    ConnectionOptions connection() {
        return new ConnectionOptions();
    }

    /**
     * How long it takes at most, when it is interrupted, to put away what it left in the cluster. Commands that leave
     * nothing, or what goes on by itself, take no time.
     */
    Duration farewell() {
        return Duration.ZERO;
    }

    /**
     * Does it.
     *
     * @throws dev.prodstack.cli.outcome.Failure if that is not possible
     */
    abstract ExitCode run(Context context);
}
