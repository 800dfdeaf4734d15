package dev.prodstack.backup.source;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Finds the extended attributes that Java cannot read: all outside {@code user.}, access control lists among them. The
 * program {@code getfattr} lists them beside the walk through the files; a directory source does not carry them, and
 * says so. A tar stream does.
 */
final class HiddenAttributes {
    /** Attributes that some systems give every file are told of once. */
    private static final int MOST_PATHS = 20;

    private final String roots;
    private final Optional<Process> program;

    private HiddenAttributes(String roots, Optional<Process> program) {
        this.roots = roots;
        this.program = program;
    }

    /** Starts to look. */
    static HiddenAttributes below(List<Path> roots) {
        List<String> paths = roots.stream().map(Path::toString).toList();
        List<String> command = new ArrayList<>(
                List.of("getfattr", "-R", "-P", "-h", "--absolute-names", "-m", "^(security|system|trusted)\\.", "--"));
        command.addAll(paths);
        String told = String.join(", ", paths);
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put("LC_ALL", "C.UTF-8");
            Process started = builder.start();
            started.getOutputStream().close();
            return new HiddenAttributes(told, Optional.of(started));
        } catch (IOException e) {
            return new HiddenAttributes(told, Optional.empty());
        }
    }

    /** Waits for the end, and tells what was found. */
    void report(Consumer<Unread> unread) throws IOException {
        if (program.isEmpty()) {
            unread.accept(new Unread(
                    Unread.Kind.NOT_CARRIED,
                    roots,
                    "may have access control lists and attributes outside user.*, which are not carried: "
                            + "they were not looked for, as there is no program getfattr"));
            return;
        }
        Map<String, List<String>> found = new TreeMap<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(program.get().getInputStream(), StandardCharsets.UTF_8))) {
            String path = roots;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("# file: ")) {
                    path = line.substring(8);
                } else if (!line.isEmpty()) {
                    found.computeIfAbsent(line, name -> new ArrayList<>()).add(path);
                }
            }
        }
        found.forEach((name, paths) -> report(name, paths, unread));
    }

    private void report(String name, List<String> paths, Consumer<Unread> unread) {
        if (paths.size() > MOST_PATHS) {
            unread.accept(new Unread(
                    Unread.Kind.NOT_CARRIED,
                    roots,
                    "has " + paths.size() + " files with " + name + ", which is not carried"));
        } else {
            paths.forEach(path ->
                    unread.accept(new Unread(Unread.Kind.NOT_CARRIED, path, "has " + name + ", which is not carried")));
        }
    }

    /** Ends it, whether it is done or not. */
    void stop() {
        program.ifPresent(Process::destroy);
    }
}
