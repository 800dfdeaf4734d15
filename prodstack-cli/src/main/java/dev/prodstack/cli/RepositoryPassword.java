package dev.prodstack.cli;

import dev.prodstack.cli.outcome.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds a password: in a file, from a command, or in the environment. */
final class RepositoryPassword {
    private final Surroundings surroundings;
    private final List<String> variables;

    /** With the names of variables that hold one; those of a file and of a command end in _FILE and _COMMAND. */
    RepositoryPassword(Surroundings surroundings, String... variables) {
        this.surroundings = surroundings;
        this.variables = List.of(variables);
    }

    /**
     * The password. What the options say counts first, and of the environment what is said by a variable named earlier.
     *
     * @throws Failure if there is none, or its file or command fails
     */
    char[] read(Optional<String> file, Optional<String> command) throws IOException {
        if (file.isPresent() && command.isPresent()) {
            throw Failure.usage("--password-file and --password-command are given both", "give one");
        }
        if (file.isPresent()) {
            return ofFile(file.get());
        }
        if (command.isPresent()) {
            return ofCommand(command.get());
        }
        Map<String, String> environment = surroundings.environment();
        for (String variable : variables) {
            if (environment.containsKey(variable)) {
                return checked(environment.getOrDefault(variable, "").toCharArray(), variable);
            }
            if (environment.containsKey(variable + "_FILE")) {
                return ofFile(environment.getOrDefault(variable + "_FILE", ""));
            }
            if (environment.containsKey(variable + "_COMMAND")) {
                return ofCommand(environment.getOrDefault(variable + "_COMMAND", ""));
            }
        }
        throw Failure.usage(
                "no password for the repository is given",
                "add --password-file or --password-command, or set " + variables.get(0));
    }

    private char[] ofFile(String name) {
        Path path = surroundings.workingDirectory().resolve(name);
        try {
            return checked(text(Files.readAllBytes(path)), "the file " + name);
        } catch (IOException e) {
            throw Failure.failed("the password file " + name + " cannot be read: " + Failures.word(e), "", e);
        }
    }

    private char[] ofCommand(String command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", command).redirectError(ProcessBuilder.Redirect.INHERIT);
        if (!surroundings.workingDirectory().toString().isEmpty()) {
            builder.directory(surroundings.workingDirectory().toFile());
        }
        Process process = builder.start();
        process.getOutputStream().close();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        process.getInputStream().transferTo(out);
        try {
            int code = process.waitFor();
            if (code != 0) {
                throw Failure.failed("the password command failed with exit code " + code, "run it by hand");
            }
        } catch (InterruptedException e) {
            process.destroy();
            throw RepositoryFailure.interrupted(e);
        }
        return checked(text(out.toByteArray()), "the password command");
    }

    /** Without the line end that editors and commands put behind it. */
    private static char[] text(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
            end--;
        }
        CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes, 0, end));
        char[] password = new char[text.remaining()];
        text.get(password);
        Arrays.fill(bytes, (byte) 0);
        return password;
    }

    private static char[] checked(char[] password, String source) {
        if (password.length == 0) {
            throw Failure.usage(
                    "the password from " + source + " is empty",
                    "a repository without one must be asked for: --insecure-no-password");
        }
        return password;
    }
}
