package dev.prodstack.swarm.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prodstack.swarm.problem.EngineException;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A program {@code docker-credential-NAME} that keeps logins. {@code get} reads a registry from standard input and
 * prints {@code {"ServerURL", "Username", "Secret"}}; the user {@code <token>} stands for an identity token. (Protocol
 * of docker/docker-credential-helpers.)
 */
final class CredentialProgram {
    private static final long SECONDS = 30;
    private static final String NOT_FOUND = "credentials not found";
    private static final String TOKEN = "<token>";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

    private final Path program;
    private final Map<String, String> environment;

    private CredentialProgram(Path program, Map<String, String> environment) {
        this.program = program;
        this.environment = environment;
    }

    /** The helper of a name, looked for on the PATH of the environment. */
    static CredentialProgram named(String name, Map<String, String> environment) {
        String file = "docker-credential-" + name;
        String path = environment.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
        Optional<Path> program = !NAME.matcher(name).matches()
                ? Optional.empty()
                : Stream.of(path.split(Pattern.quote(File.pathSeparator), -1))
                        .filter(directory -> !directory.isEmpty())
                        .map(directory -> Path.of(directory).resolve(file))
                        .filter(Files::isExecutable)
                        .findFirst();
        return new CredentialProgram(
                program.orElseThrow(() -> EngineException.address(
                        "Docker's config.json has registry logins kept by " + file + ", which is not on the PATH",
                        "install it, or remove credsStore and credHelpers and log in again")),
                environment);
    }

    /** Asks for a login; nothing if the helper knows none. */
    Optional<RegistryAuth> get(String server) {
        Process process = start(server);
        try {
            CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> text(process));
            String said = output.get(SECONDS, TimeUnit.SECONDS);
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                throw failed("it does not end");
            }
            if (process.exitValue() == 0) {
                return login(server, said);
            }
            if (said.contains(NOT_FOUND)) {
                return Optional.empty();
            }
            throw failed(said.isBlank() ? "exit code " + process.exitValue() : said.strip());
        } catch (TimeoutException e) {
            throw failed("no answer within " + SECONDS + " s");
        } catch (ExecutionException e) {
            throw failed(String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("interrupted");
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(String server) {
        ProcessBuilder builder =
                new ProcessBuilder(program.toString(), "get").redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(server.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // It ended without reading; what it says and its exit code tell why.
            }
            return process;
        } catch (IOException e) {
            throw failed(String.valueOf(e.getMessage()));
        }
    }

    private static String text(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private Optional<RegistryAuth> login(String server, String said) {
        try {
            JsonNode answer = new ObjectMapper().readTree(said);
            String user = answer.path("Username").asText("");
            String secret = answer.path("Secret").asText("");
            if (secret.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(
                    user.equals(TOKEN)
                            ? new RegistryAuth.IdentityToken(server, secret)
                            : new RegistryAuth.Password(server, user, secret));
        } catch (JsonProcessingException e) {
            // What it said may be secret.
            throw failed("it does not answer with JSON");
        }
    }

    private EngineException failed(String reason) {
        return EngineException.address(
                program + " cannot tell the login: " + reason,
                "try it: echo REGISTRY | " + program.getFileName() + " get");
    }
}
