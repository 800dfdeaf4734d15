package dev.prodstack.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.prodstack.cli.Guide.Place;
import dev.prodstack.cli.Guide.Step;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A shell in which the blocks of one guide are run after each other, each as its reader would. */
final class GuideSession {
    private static final String MARK = "\u0001";

    private final Path directory;
    private final Map<String, String> environment = new LinkedHashMap<>();

    /**
     * Prepares a place where {@code prodstack} is the one under test.
     *
     * @param directory where the shell starts
     */
    GuideSession(Path directory) throws IOException {
        this.directory = directory;
        Path bin = Files.createDirectories(directory.resolve(".bin"));
        Path command = bin.resolve("prodstack");
        Files.writeString(
                command,
                "#!/bin/sh\nexec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' dev.prodstack.cli.Main \"$@\"\n"
                        .formatted(Path.of(System.getProperty("java.home"), "bin", "java"), classPath()));
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
        environment.put("PATH", bin + ":" + System.getenv("PATH"));
        environment.put("XDG_CONFIG_HOME", directory.resolve(".config").toString());
    }

    /** What this program runs on: the classes of whoever loaded it, or the JVM's. */
    private static String classPath() {
        if (Main.class.getClassLoader() instanceof URLClassLoader loader) {
            return Arrays.stream(loader.getURLs()).map(URL::getPath).collect(Collectors.joining(File.pathSeparator));
        }
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(each -> Path.of(each).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    GuideSession with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Runs what of a guide can run here; what fails is shown with its place and what it printed. */
    void run(Guide guide, Place place) throws IOException, InterruptedException {
        List<Step> steps =
                guide.steps().stream().filter(step -> step.runsOn(place)).toList();
        Path output = directory.resolve("output-" + guide.name());
        Process shell = start(script(steps), output);
        boolean ended = shell.waitFor(20, TimeUnit.MINUTES);
        if (!ended) {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
        }
        List<Said> said = said(Files.readString(output, StandardCharsets.UTF_8));
        for (int i = 0; i < said.size(); i++) {
            Step step = steps.get(i);
            String printed = said.get(i).text();
            System.out.printf(
                    "%s:%d: %d s%n", guide.name(), step.line(), said.get(i).seconds());
            if (i == said.size() - 1 && !ended) {
                fail("%s did not end", shown(guide, step, printed));
            }
            if (i == said.size() - 1 && shell.exitValue() != 0) {
                fail("%s failed (the shell ended with %d)", shown(guide, step, printed), shell.exitValue());
            }
            for (String wanted : step.shows()) {
                if (!flat(printed).contains(flat(wanted))) {
                    fail("%s does not show \"%s\"", shown(guide, step, printed), wanted);
                }
            }
        }
        if (said.size() != steps.size()) {
            fail("%s: %d of %d parts ran", guide.name(), said.size(), steps.size());
        }
    }

    /** Runs lines by themselves, in a shell that ends with the first that fails. */
    CommandRun.Outcome run(String lines) throws IOException, InterruptedException {
        Path out = Files.createTempFile(directory, "shell", ".out");
        Path err = Files.createTempFile(directory, "shell", ".err");
        Process shell = builder("bash", "-eo", "pipefail", "-c", lines)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(shell.waitFor(20, TimeUnit.MINUTES)).as(lines).isTrue();
        } finally {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
        }
        return new CommandRun.Outcome(shell.exitValue(), Files.readString(out), Files.readString(err));
    }

    private static String flat(String text) {
        return text.replaceAll("\\s+", " ");
    }

    private static String shown(Guide guide, Step step, String printed) {
        return "%s:%d, below \"%s\":%n%s--- printed ---%n%s--- this"
                .formatted(guide.name(), step.line(), step.heading(), step.text(), printed);
    }

    private Process start(String script, Path output) throws IOException {
        Path file = Files.createTempFile(directory, "guide", ".sh");
        Files.writeString(file, script);
        return builder("bash", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private ProcessBuilder builder(String... command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(Path.of("/dev/null").toFile());
        builder.environment().putAll(environment);
        return builder;
    }

    private static String script(List<Step> steps) {
        StringBuilder script = new StringBuilder("""
                [ -z "$GUIDE_FUNCTIONS" ] || . "$GUIDE_FUNCTIONS"
                set -eo pipefail
                ended() { kill $(jobs -p) 2>/dev/null || true; }
                trap ended EXIT
                """);
        for (Step step : steps) {
            script.append("printf '\\n\\001step %s\\n' \"$SECONDS\"\n");
            if (step.exit() == 0) {
                script.append(step.text());
            } else {
                script.append("set +e\n(\nset -e\n")
                        .append(step.text())
                        .append(")\nprodstack_code=$?\nset -e\nif [ $prodstack_code != ")
                        .append(step.exit())
                        .append(" ]; then echo \"ended with $prodstack_code, not ")
                        .append(step.exit())
                        .append("\"; exit 1; fi\n");
            }
        }
        return script.append("printf '\\n\\001end %s\\n' \"$SECONDS\"\n").toString();
    }

    /**
     * What a part printed.
     *
     * @param seconds how long it took
     * @param text what it printed
     */
    private record Said(long seconds, String text) {}

    private static List<Said> said(String output) {
        List<Said> found = new ArrayList<>();
        List<String> parts = Pattern.compile("\n" + MARK).splitAsStream(output).toList();
        for (int i = 1; i < parts.size() && parts.get(i).startsWith("step "); i++) {
            String part = parts.get(i);
            long began = seconds(part);
            long ended = i + 1 < parts.size() ? seconds(parts.get(i + 1)) : began;
            found.add(new Said(ended - began, part.substring(part.indexOf('\n') + 1)));
        }
        return found;
    }

    private static long seconds(String part) {
        return Long.parseLong(part.substring(part.indexOf(' ') + 1, part.indexOf('\n')));
    }
}
