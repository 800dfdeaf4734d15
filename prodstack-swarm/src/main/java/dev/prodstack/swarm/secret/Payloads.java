package dev.prodstack.swarm.secret;

import dev.prodstack.core.stack.Payload;
import dev.prodstack.core.value.Copies;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Set;

/** Reads the contents of secrets and configs from where the Compose file says they are. */
public final class Payloads {
    private final Map<String, String> environment;

    /** Reads variables from an environment. */
    public Payloads(Map<String, String> environment) {
        this.environment = Copies.of(environment);
    }

    /**
     * Reads a content.
     *
     * @throws UnreadablePayload if it cannot be had; the message never shows a value
     */
    public byte[] read(Payload payload) {
        if (payload instanceof Payload.Inline inline) {
            return inline.content().getBytes(StandardCharsets.UTF_8);
        } else if (payload instanceof Payload.FromEnvironment variable) {
            String value = environment.get(variable.variable());
            if (value == null) {
                throw new UnreadablePayload(
                        "the environment variable " + variable.variable() + " is not set", "set it and run again");
            }
            return value.getBytes(StandardCharsets.UTF_8);
        } else if (payload instanceof Payload.FromFile file) {
            return file(Path.of(file.path()));
        }
        throw new IllegalArgumentException("not a content that is read here: " + payload);
    }

    /** Whether others than a file's owner and group may read it. */
    public static boolean isReadByOthers(Payload payload) {
        try {
            return payload instanceof Payload.FromFile file
                    && Files.getPosixFilePermissions(Path.of(file.path())).stream()
                            .anyMatch(Set.of(PosixFilePermission.OTHERS_READ)::contains);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static byte[] file(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            throw new UnreadablePayload("there is no file " + path, "make it, or correct the path");
        } catch (AccessDeniedException e) {
            throw new UnreadablePayload(path + " may not be read", "check its owner and permissions");
        } catch (IOException e) {
            throw new UnreadablePayload(path + " cannot be read: " + e.getMessage(), "see whether it is a file");
        }
    }
}
