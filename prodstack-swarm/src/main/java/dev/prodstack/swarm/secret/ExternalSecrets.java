package dev.prodstack.swarm.secret;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.core.stack.Payload;
import dev.prodstack.core.stack.Secret;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.engine.EngineRequest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The secrets that a stack uses and does not make: they are created once, by a person, and outlive every deploy. */
public final class ExternalSecrets {
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    /** Labels a version of an external secret with the name that Compose files know it by. */
    public static final String VERSION_LABEL = "dev.prodstack.secret";

    private static final int LENGTH = 40;

    private final EngineClient engine;

    /** Those of a cluster. */
    public ExternalSecrets(EngineClient engine) {
        this.engine = engine;
    }

    /** The names in the cluster of the external secrets of a stack, in the order of the file. */
    public static List<String> of(Stack stack) {
        return stack.secrets().values().stream()
                .filter(secret -> secret.source() instanceof Payload.External)
                .map(ExternalSecrets::name)
                .distinct()
                .toList();
    }

    private static String name(Secret secret) {
        return secret.name().orElse(secret.key());
    }

    /** Those of a stack that the cluster does not have. */
    public List<String> missing(Stack stack) {
        Set<String> there = new HashSet<>();
        engine.send(EngineRequest.get("secrets"))
                .forEach(secret -> there.add(secret.path("Spec").path("Name").asText()));
        return of(stack).stream().filter(name -> !there.contains(name)).toList();
    }

    /** Creates one. The engine refuses a name that is taken, so that nothing is ever overwritten. */
    public void create(String name, byte[] value) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("Name", name);
        body.putObject("Labels");
        body.put("Data", Base64.getEncoder().encodeToString(value));
        engine.send(EngineRequest.post("secrets", "create").sending(body));
    }

    /** A value that nobody guesses: 40 letters and digits, 238 bits. */
    public static byte[] generate(SecureRandom random) {
        StringBuilder value = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            value.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return value.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
