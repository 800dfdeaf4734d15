package dev.prodstack.cli;

import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.core.problem.Position;
import dev.prodstack.core.problem.Problem;
import dev.prodstack.core.stack.Payload;
import dev.prodstack.core.stack.Secret;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.swarm.Swarm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code prodstack init-secrets}. */
@Command(
        name = "init-secrets",
        header = "Create the external secrets that the stack uses and the swarm does not have yet.",
        description = {
            "prodstack init-secrets --dry-run               what is missing",
            "prodstack init-secrets                         strong random values",
            "prodstack init-secrets --from tls_key=key.pem  that one from a file",
            "prodstack init-secrets --from-directory values  those that there are files for",
        },
        customSynopsis = "prodstack init-secrets [--from NAME=FILE]... [OPTIONS]",
        footer = {
            "Values are never printed, and what exists is never overwritten. Swarm does not give",
            "values back: keep those that people need (an administrator's password) by making",
            "them yourself and giving them with --from."
        })
final class InitSecretsCommand extends StackAction {
    private static final Pattern CERTIFICATE =
            Pattern.compile("(^|.*[-_.])(tls|ssl|cert|certificate|pem|url)([-_.].*|$)");

    @Option(
            names = "--from",
            paramLabel = "NAME=FILE",
            description = "Take the value of this secret from a file; repeatable.")
    private List<String> given = new ArrayList<>();

    @Option(
            names = "--from-directory",
            paramLabel = "DIR",
            description =
                    "Take values from the files in a directory that are called as secrets are, in the file or in the"
                            + " cluster; what x-prodstack.backup.secrets stored comes back as such.")
    private Optional<Path> directory = Optional.empty();

    @Option(names = "--dry-run", description = "Show what would be created, and create nothing.")
    private boolean dryRun;

    InitSecretsCommand() {}

    @Override
    ExitCode run(Context context) {
        OutputFormat format = context.format(OutputFormat.TABLE, OutputFormat.YAML, OutputFormat.JSON);
        Stack loaded = StackFiles.load(context).stack();
        List<String> names = loaded.externalSecrets();
        Map<String, Path> files = new LinkedHashMap<>();
        directory
                .map(context.surroundings().workingDirectory()::resolve)
                .ifPresent(from -> files.putAll(found(loaded, from)));
        files.putAll(ExternalNames.parse(context, given, "secret", names));
        try (Swarm swarm = ConnectionOptions.connect(context)) {
            List<String> missing = swarm.missingSecrets(loaded);
            refuseGuesses(missing, files);
            warnOfReaders(context, files);
            Map<String, byte[]> values = read(missing, files);
            if (!dryRun) {
                List<String> changes =
                        missing.stream().map(name -> "create secret " + name).toList();
                new AuditTrail(context, swarm, loaded.name(), "init-secrets").around(changes, () -> {
                    missing.forEach(name -> create(swarm, name, values.getOrDefault(name, Swarm.randomSecret())));
                    return ExitCode.DONE;
                });
            }
            Map<String, String> outcome = new LinkedHashMap<>();
            names.forEach(name -> outcome.put(name, word(name, missing, files)));
            context.results().print(ExternalNames.outcome("SECRET", outcome, context, format));
            return ExitCode.DONE;
        }
    }

    private static Map<String, Path> found(Stack stack, Path directory) {
        if (!Files.isDirectory(directory)) {
            throw Failure.usage("--from-directory " + directory + " is no directory", "correct it");
        }
        Map<String, Path> files = new LinkedHashMap<>();
        for (Secret secret : stack.secrets().values()) {
            if (secret.source() instanceof Payload.External) {
                String name = secret.name().orElse(secret.key());
                Stream.of(name, secret.key())
                        .map(directory::resolve)
                        .filter(Files::isRegularFile)
                        .findFirst()
                        .ifPresent(file -> files.put(name, file));
            }
        }
        return files;
    }

    private static void create(Swarm swarm, String name, byte[] value) {
        swarm.createSecret(name, value);
        Arrays.fill(value, (byte) 0);
    }

    /** A random text is no certificate and no address; services would start with it and fail. */
    private static void refuseGuesses(List<String> missing, Map<String, Path> files) {
        List<String> unknown = missing.stream()
                .filter(name -> CERTIFICATE.matcher(name).matches() && !files.containsKey(name))
                .toList();
        if (!unknown.isEmpty()) {
            throw Failure.failed(
                    "no random value makes sense for " + String.join(", ", unknown) + "; nothing was created",
                    "give files: "
                            + String.join(
                                    " ",
                                    unknown.stream()
                                            .map(name -> "--from " + name + "=FILE")
                                            .toList()));
        }
    }

    private static void warnOfReaders(Context context, Map<String, Path> files) {
        files.values().stream()
                .filter(InitSecretsCommand::isReadByOthers)
                .forEach(file -> context.messages()
                        .warning(new Problem(
                                Position.of(file.toString()),
                                "",
                                "everybody on this machine can read this secret",
                                "chmod 600 the file")));
    }

    private static boolean isReadByOthers(Path file) {
        try {
            return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static Map<String, byte[]> read(List<String> missing, Map<String, Path> files) {
        Map<String, byte[]> values = new LinkedHashMap<>();
        files.forEach((name, file) -> {
            if (missing.contains(name)) {
                try {
                    values.put(name, Files.readAllBytes(file));
                } catch (IOException e) {
                    throw Failure.failed("the file of " + name + " cannot be read: " + e.getMessage(), "", e);
                }
            }
        });
        return values;
    }

    private String word(String name, List<String> missing, Map<String, Path> files) {
        if (!missing.contains(name)) {
            return "exists, kept";
        }
        String source = files.containsKey(name) ? "from its file" : "random";
        return (dryRun ? "missing, would be created, " : "created, ") + source;
    }
}
