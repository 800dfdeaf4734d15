package dev.prodstack.cli;

import dev.prodstack.cli.display.Style.Sink;
import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command gets from outside.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param outSink what standard output is connected to
 * @param errSink what standard error is connected to
 * @param environment the environment variables
 * @param workingDirectory the directory that relative paths start from; empty for that of the process
 */
record Surroundings(
        InputStream in,
        OutputStream out,
        OutputStream err,
        Sink outSink,
        Sink errSink,
        Map<String, String> environment,
        Path workingDirectory) {

    /**
     * Those of this process. The output streams are bare, as a print stream would hide that a write failed; input is
     * buffered, as a bare file stream wants to know how long a pipe is.
     */
    static Surroundings ofProcess() {
        return new Surroundings(
                new BufferedInputStream(new FileInputStream(FileDescriptor.in)),
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                sink(1),
                sink(2),
                System.getenv(),
                Path.of(""));
    }

    /**
     * The JDK cannot say whether a single stream is a terminal (its console needs both input and output to be one), but
     * Linux can. Elsewhere nothing is taken for a terminal, and {@code --color always} helps.
     */
    private static Sink sink(int descriptor) {
        try {
            Path target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor));
            return target.startsWith("/dev/pts")
                            || target.toString().startsWith("/dev/tty")
                            || target.equals(Path.of("/dev/console"))
                    ? Sink.TERMINAL
                    : Sink.OTHER;
        } catch (IOException e) {
            return Sink.OTHER;
        }
    }
}
