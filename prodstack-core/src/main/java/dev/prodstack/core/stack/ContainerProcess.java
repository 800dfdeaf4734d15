package dev.prodstack.core.stack;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What runs in a container, as whom, and how it is stopped. What is absent is decided by the image or the engine.
 *
 * @param command the arguments, in place of the image's
 * @param entrypoint the program, in place of the image's
 * @param workingDirectory the directory it starts in
 * @param user the user, {@code name|uid[:group|gid]}
 * @param groups further groups of the user, by name or number
 * @param init whether an init process forwards signals and reaps zombies
 * @param terminal whether it gets a terminal ({@code tty})
 * @param openInput whether its standard input stays open ({@code stdin_open})
 * @param stopSignal the signal that asks it to stop
 * @param stopGracePeriod how long it has between that signal and being killed
 */
public record ContainerProcess(
        Optional<List<String>> command,
        Optional<List<String>> entrypoint,
        Optional<String> workingDirectory,
        Optional<String> user,
        List<String> groups,
        Optional<Boolean> init,
        boolean terminal,
        boolean openInput,
        Optional<String> stopSignal,
        Optional<Duration> stopGracePeriod) {
    /** Copies the lists. */
    public ContainerProcess {
        command = command.map(List::copyOf);
        entrypoint = entrypoint.map(List::copyOf);
        groups = List.copyOf(groups);
    }
}
