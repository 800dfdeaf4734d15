package dev.prodstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.cli.outcome.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the command as a process of its own, with real streams, pipes and signals. */
class ProcessTest {
    @TempDir
    Path directory;

    @BeforeEach
    void writeLauncher() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Files.createDirectory(directory.resolve("tmp"));
        Files.writeString(
                directory.resolve("prodstack"),
                "#!/bin/sh\nexec '" + java + "' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Djava.io.tmpdir=tmp -cp '"
                        + System.getProperty("java.class.path") + "' dev.prodstack.cli.Main \"$@\"\n");
        assertThat(directory.resolve("prodstack").toFile().setExecutable(true)).isTrue();
    }

    private Ended sh(String script) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("env", "-i", "PATH=" + System.getenv("PATH"), "HOME=/nonexistent"));
        command.addAll(List.of("--default-signal=INT", "bash", "-c", script));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(directory.resolve("stderr").toFile())
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Ended(process.exitValue(), out, Files.readString(directory.resolve("stderr")));
    }

    @Test
    void resultsAndMessagesHaveStreamsOfTheirOwn() throws Exception {
        assertThat(sh("./prodstack --version")).isEqualTo(new Ended(0, "prodstack " + Version.number() + "\n", ""));
        Ended wrong = sh("./prodstack confg");
        assertThat(wrong.out()).isEmpty();
        assertThat(wrong.err()).isEqualTo("error: unknown command \"confg\"\n  fix: did you mean \"config\"?\n");
        assertThat(wrong.code()).isEqualTo(2);
    }

    @Test
    void aPipeWithoutReaderEndsQuietly() throws Exception {
        Ended ended = sh("set -o pipefail; ./prodstack completion bash | true; echo ${PIPESTATUS[0]}");
        assertThat(ended).isEqualTo(new Ended(0, "0\n", ""));
    }

    @Test
    void aFullDeviceIsAFailure() throws Exception {
        Ended ended = sh("./prodstack settings > /dev/full");
        assertThat(ended.err()).isEqualTo("error: the result cannot be written: No space left on device\n");
        assertThat(ended.code()).isEqualTo(1);
    }

    @Test
    void coloursGoToTerminalsOnly() throws Exception {
        String escape = "\u001b[";
        assertThat(sh("./prodstack settings").out()).doesNotContain(escape);
        assertThat(sh("TERM=xterm script -qec './prodstack settings' /dev/null").out())
                .contains(escape);
        assertThat(sh("TERM=xterm script -qec './prodstack settings | cat' /dev/null")
                        .out())
                .doesNotContain(escape);
        assertThat(sh("TERM=xterm script -qec './prodstack confg' /dev/null").out())
                .contains(escape);
        assertThat(sh("TERM=xterm NO_COLOR=1 script -qec './prodstack settings' /dev/null")
                        .out())
                .doesNotContain(escape);
    }

    @Test
    void resultsAreUtf8WhateverTheLocale() throws Exception {
        Files.writeString(directory.resolve(".prodstack.yml"), "stack: café\n");
        assertThat(sh("LC_ALL=C ./prodstack settings").out()).contains(" café ");
        assertThat(sh("LC_ALL=C.UTF-8 ./prodstack settings").out()).contains(" café ");
    }

    @Test
    void standardInputMayBeAPipe() throws Exception {
        Files.writeString(directory.resolve("stack.yml"), "name: shop\nservices: {web: {image: web}}\n");
        assertThat(sh("cat stack.yml | ./prodstack config --images -f -")).isEqualTo(new Ended(0, "web\n", ""));
        assertThat(sh("./prodstack config --images -f - < stack.yml")).isEqualTo(new Ended(0, "web\n", ""));
        assertThat(sh("./prodstack config --images -f <(cat stack.yml)")).isEqualTo(new Ended(0, "web\n", ""));
        assertThat(sh("./prodstack config -f - < /dev/null").code()).isEqualTo(1);
        assertThat(directory.resolve("tmp")).isEmptyDirectory();
    }

    @Test
    void anInterruptEndsWithItsCode() throws Exception {
        Process process = new ProcessBuilder("env", "--default-signal=INT", "./prodstack", "config", "-f", "-")
                .directory(directory.toFile())
                .redirectError(directory.resolve("stderr").toFile())
                .start();
        // More than a pipe holds: once it is written, the program reads its input and waits for more.
        process.getOutputStream().write("# a comment\n".repeat(100_000).getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        // The shell's own kill: a bare Debian has no program of that name.
        new ProcessBuilder("sh", "-c", "kill -INT " + process.pid()).start().waitFor();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(ExitCode.INTERRUPTED.number());
        assertThat(directory.resolve("stderr")).isEmptyFile();
    }

    /**
     * How a process ended.
     *
     * @param code its exit status
     * @param out what it wrote to standard output
     * @param err what it wrote to standard error
     */
    private record Ended(int code, String out, String err) {}
}
