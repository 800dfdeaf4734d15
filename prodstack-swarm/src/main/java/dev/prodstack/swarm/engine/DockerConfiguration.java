package dev.prodstack.swarm.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.prodstack.swarm.problem.EngineException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The directory in which the Docker command line keeps its settings, mostly {@code ~/.docker}: {@code config.json}, and
 * of each context {@code contexts/meta/HASH/meta.json} and {@code contexts/tls/HASH/docker/*.pem}, where HASH is the
 * SHA-256 of the context's name.
 *
 * @param directory the directory, which need not exist
 */
record DockerConfiguration(Path directory) {
    Path file() {
        return directory.resolve("config.json");
    }

    /** What the file says; a missing node if there is none. */
    JsonNode settings() {
        return read(file());
    }

    /** The context chosen by {@code docker context use}. */
    Optional<String> currentContext() {
        return Optional.of(settings().path("currentContext").asText("")).filter(name -> !name.isEmpty());
    }

    /**
     * The engine's address in a context.
     *
     * @param origin who named the context
     */
    EngineAddress contextAddress(String name, String origin) {
        String hash = sha256(name);
        Path file = directory.resolve("contexts").resolve("meta").resolve(hash).resolve("meta.json");
        JsonNode context = read(file);
        if (context.isMissingNode()) {
            throw EngineException.address(
                    "Docker context \"" + name + "\", named by " + origin + ", does not exist: there is no " + file,
                    "see \"docker context ls\"");
        }
        JsonNode docker = context.path("Endpoints").path("docker");
        if (docker.path("SkipTLSVerify").asBoolean(false)) {
            throw EngineException.address(
                    "Docker context \"" + name + "\" does not verify the engine's certificate",
                    "give it the engine's authority: docker context update " + name + " --docker host=...,ca=ca.pem");
        }
        String host = docker.path("Host").asText("");
        if (host.isEmpty()) {
            return EngineAddress.DEFAULT;
        }
        TlsFiles tls = tlsFiles(
                directory.resolve("contexts").resolve("tls").resolve(hash).resolve("docker"));
        return EngineAddress.parse(host, Optional.of(tls).filter(files -> !files.equals(TlsFiles.NONE)));
    }

    /** The TLS files that are in a directory under their usual names. */
    static TlsFiles tlsFiles(Path directory) {
        Optional<Path> certificate = existing(directory.resolve("cert.pem"));
        Optional<Path> key = existing(directory.resolve("key.pem"));
        if (certificate.isPresent() != key.isPresent()) {
            throw EngineException.address(directory + " has one of cert.pem and key.pem", "put both there, or neither");
        }
        return new TlsFiles(
                existing(directory.resolve("ca.pem")),
                certificate.flatMap(its -> key.map(of -> new TlsFiles.Identity(its, of))));
    }

    private static Optional<Path> existing(Path file) {
        return Optional.of(file).filter(Files::exists);
    }

    private static JsonNode read(Path file) {
        try {
            return Json.parse(Files.readString(file));
        } catch (NoSuchFileException e) {
            return MissingNode.getInstance();
        } catch (JsonProcessingException e) {
            throw EngineException.address(
                    file + ":" + e.getLocation().getLineNr() + ":"
                            + e.getLocation().getColumnNr() + ": no JSON: " + e.getOriginalMessage(),
                    "correct the file, or set DOCKER_HOST",
                    e);
        } catch (IOException e) {
            throw EngineException.address(file + " cannot be read: " + e, "correct it, or set DOCKER_HOST", e);
        }
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
