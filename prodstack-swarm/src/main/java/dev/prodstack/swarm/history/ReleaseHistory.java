package dev.prodstack.swarm.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.core.value.Data;
import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.engine.EngineRequest;
import dev.prodstack.swarm.problem.EngineException;
import dev.prodstack.swarm.release.Release;
import dev.prodstack.swarm.release.Release.Outcome;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The releases of a stack, as labelled Swarm configs.
 *
 * <p>A release is one config or more: its content, compressed, cut into parts of {@value #PART_BYTES} bytes at most.
 * What can change about it, its outcome, is in labels of the first part, which is written last: without it there is no
 * release. The label is not the stack's own, so that whoever removes a stack leaves its releases.
 */
public final class ReleaseHistory {
    private static final String LABEL = "dev.prodstack.release";
    private static final String NUMBER = LABEL + ".number";
    private static final String PART = LABEL + ".part";
    private static final String PARTS = LABEL + ".parts";
    private static final String BY = LABEL + ".by";
    private static final String COMMAND = LABEL + ".command";
    private static final String OUTCOME = LABEL + ".outcome";
    private static final String MESSAGE = LABEL + ".message";

    /** Below what any engine takes as one config. */
    static final int PART_BYTES = 400 * 1024;

    private static final int MOST_PARTS = 5;
    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;
    private static final int LONGEST_NAME = 40;

    private final EngineClient engine;
    private final String stack;

    /** Those of a stack. */
    public ReleaseHistory(EngineClient engine, String stack) {
        this.engine = engine;
        this.stack = stack;
    }

    /**
     * The releases, the oldest first.
     *
     * @throws EngineException if the engine does not answer or is no manager
     */
    public List<Release> list() {
        return parts(true).values().stream()
                .flatMap(parts -> read(parts).stream())
                .toList();
    }

    /**
     * The release with a number, if it is kept.
     *
     * @throws EngineException if the engine does not answer or is no manager
     */
    public Optional<Release> find(int number) {
        return list().stream().filter(release -> release.number() == number).findFirst();
    }

    /**
     * The last release, whatever became of it.
     *
     * @throws EngineException if the engine does not answer or is no manager
     */
    public Optional<Release> last() {
        List<Release> all = list();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** The parts of each release by number and place. */
    private Map<Integer, Map<Integer, JsonNode>> parts(boolean whole) {
        Map<Integer, Map<Integer, JsonNode>> releases = new TreeMap<>();
        for (JsonNode config : engine.send(EngineRequest.get("configs").labelled(LABEL + "=" + stack))) {
            releases.computeIfAbsent(number(config, NUMBER), its -> new TreeMap<>())
                    .put(number(config, PART), config);
        }
        if (whole) {
            releases.values().removeIf(parts -> {
                JsonNode first = parts.get(0);
                return first == null || number(first, PARTS) != parts.size();
            });
        }
        return releases;
    }

    private Optional<Release> read(Map<Integer, JsonNode> parts) {
        JsonNode first = parts.get(0);
        if (first == null) {
            return Optional.empty();
        }
        byte[][] pieces = parts.values().stream()
                .map(part -> Base64.getDecoder()
                        .decode(part.path("Spec").path("Data").asText()))
                .toArray(byte[][]::new);
        return Optional.of(new Release(
                stack,
                number(first, NUMBER),
                Instant.parse(first.path("CreatedAt").asText()),
                label(first, BY),
                label(first, COMMAND),
                outcome(label(first, OUTCOME)),
                label(first, MESSAGE),
                Compressed.read(pieces)));
    }

    /** A word that a newer prodstack wrote says at least that something happened. */
    private static Outcome outcome(String word) {
        return Stream.of(Outcome.values())
                .filter(outcome -> outcome.name().equalsIgnoreCase(word))
                .findFirst()
                .orElse(Outcome.INTERRUPTED);
    }

    /**
     * How many configs a content would take, if more than a release may have; empty if it fits.
     *
     * @param content a release's content
     */
    public static Optional<String> tooLarge(Data content) {
        int bytes = Compressed.of(content).length;
        return bytes <= MOST_PARTS * PART_BYTES
                ? Optional.empty()
                : Optional.of("compressed it has " + bytes + " bytes; the cluster keeps at most " + MOST_PARTS
                        + " configs of " + PART_BYTES);
    }

    /**
     * Begins a release, under the next number.
     *
     * @throws EngineException if the engine does not answer or refuses
     */
    public Release begin(String by, String command, Data content) {
        byte[] bytes = Compressed.of(content);
        int number =
                parts(false).keySet().stream().max(Comparator.naturalOrder()).orElse(0) + 1;
        int count = Math.max(1, (bytes.length + PART_BYTES - 1) / PART_BYTES);
        for (int part = count - 1; part >= 0; part--) {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            body.put("Name", name(number, part));
            ObjectNode labels = body.putObject("Labels")
                    .put(LABEL, stack)
                    .put(NUMBER, Integer.toString(number))
                    .put(PART, Integer.toString(part));
            if (part == 0) {
                labels.put(PARTS, Integer.toString(count)).put(BY, by).put(COMMAND, command);
                labels.put(OUTCOME, word(Outcome.RUNNING));
            }
            byte[] piece =
                    Arrays.copyOfRange(bytes, part * PART_BYTES, Math.min(bytes.length, (part + 1) * PART_BYTES));
            body.put("Data", Base64.getEncoder().encodeToString(piece));
            create(body);
        }
        return find(number)
                .orElseThrow(() -> new IllegalStateException("release " + number + " of " + stack
                        + " was written and is gone; somebody removes configs at this moment"));
    }

    private void create(ObjectNode body) {
        try {
            engine.send(EngineRequest.post("configs", "create").sending(body));
        } catch (EngineException e) {
            if (e.status().orElse(0) != CONFLICT) {
                throw e;
            }
            throw EngineException.refused(
                    CONFLICT,
                    e.request(),
                    "somebody else began the same release of " + stack,
                    "run it again; if that does not help, somebody changes the stack without its lock");
        }
    }

    private String name(int number, int part) {
        String shortened = stack.length() <= LONGEST_NAME
                ? stack
                : stack.substring(0, LONGEST_NAME - 9) + "-" + Integer.toHexString(stack.hashCode());
        return "prodstack-release." + shortened + "." + number + (part == 0 ? "" : "p" + part);
    }

    /**
     * Says what became of a release.
     *
     * @throws EngineException if the engine does not answer or refuses
     */
    public void end(Release release, Outcome outcome, String message) {
        JsonNode first = parts(false)
                .getOrDefault(release.number(), Map.of())
                .getOrDefault(0, JsonNodeFactory.instance.missingNode());
        if (first.isMissingNode()) {
            return;
        }
        ObjectNode spec = first.path("Spec").deepCopy();
        spec.withObject("/Labels").put(OUTCOME, word(outcome)).put(MESSAGE, message.replaceAll("\\s+", " "));
        engine.send(EngineRequest.post("configs", first.path("ID").asText(), "update")
                .with("version", first.at("/Version/Index").asText())
                .sending(spec));
    }

    /**
     * Forgets old releases. The last one that was done stays, whatever came after it, as it is what there is to go back
     * to.
     *
     * @param keep how many stay, 1 or more
     * @throws EngineException if the engine does not answer or refuses
     */
    public void forget(int keep) {
        List<Release> releases = list();
        int lastDone = releases.stream()
                .filter(release -> release.outcome() == Outcome.DONE)
                .mapToInt(Release::number)
                .max()
                .orElse(0);
        List<Integer> kept = releases.stream()
                .map(Release::number)
                .skip(Math.max(0, releases.size() - keep))
                .toList();
        parts(false).forEach((number, parts) -> {
            if (!kept.contains(number) && number != lastDone) {
                parts.values().forEach(part -> remove(part.path("ID").asText()));
            }
        });
    }

    /**
     * Forgets all of them, also what is left of one that was never written whole.
     *
     * @throws EngineException if the engine does not answer or refuses
     */
    public void forgetAll() {
        parts(false)
                .values()
                .forEach(parts ->
                        parts.values().forEach(part -> remove(part.path("ID").asText())));
    }

    private void remove(String id) {
        try {
            engine.send(EngineRequest.delete("configs", id));
        } catch (EngineException e) {
            if (e.status().orElse(0) != NOT_FOUND) {
                throw e;
            }
        }
    }

    private static String word(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    private static String label(JsonNode config, String name) {
        return config.path("Spec").path("Labels").path(name).asText();
    }

    private static int number(JsonNode config, String name) {
        String text = label(config, name);
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }
}
