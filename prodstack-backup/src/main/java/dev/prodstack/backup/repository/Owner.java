package dev.prodstack.backup.repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which process, beyond doubt: a number alone means another process in another container or after the next start of the
 * machine.
 *
 * @param space the start of the machine and the process namespace
 * @param pid the number there
 * @param started when, in the kernel's ticks since the machine started
 */
record Owner(String space, long pid, long started) {
    private static final Path PROCESSES = Path.of("/proc");
    private static final Path BOOT = PROCESSES.resolve("sys/kernel/random/boot_id");
    private static final Path NAMESPACE = PROCESSES.resolve("self/ns/pid");
    /** The 22nd field of proc_pid_stat(5) is the 20th behind the name, which may have spaces and parentheses. */
    private static final int START_FIELD = 19;

    /** This process; empty where the system does not tell. */
    static Optional<Owner> mine() {
        long pid = ProcessHandle.current().pid();
        Optional<Long> started = started(pid);
        return here().flatMap(space -> started.map(ticks -> new Owner(space, pid, ticks)));
    }

    /** Whether it has certainly ended; not if it lives where this process cannot see it. */
    boolean gone() {
        boolean visible = here().filter(space::equals).isPresent();
        return visible && started(pid).filter(ticks -> ticks == started).isEmpty();
    }

    private static Optional<String> here() {
        try {
            String boot = Files.readString(BOOT).strip();
            return Optional.of(boot + " " + Files.readSymbolicLink(NAMESPACE));
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    private static Optional<Long> started(long pid) {
        try {
            String stat = Files.readString(PROCESSES.resolve(pid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Optional.of(Long.parseLong(fields[START_FIELD]));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }
}
