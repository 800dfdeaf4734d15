package dev.prodstack.backup.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Works and their results as JSON, between one prodstack and the same one in a job. Lines of a job's output are in
 * pieces, as logs cut long lines.
 */
public final class WorkJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private static final List<Class<? extends Work>> KINDS = List.of(
            Work.Prepare.class,
            Work.StoreFiles.class,
            Work.StoreText.class,
            Work.StoreServer.class,
            Work.RestoreFiles.class,
            Work.RestoreServer.class,
            Work.CompareFiles.class,
            Work.CompareServer.class,
            Work.Ask.class,
            Work.ListBackups.class,
            Work.Verify.class,
            Work.Forget.class,
            Work.CopyOffsite.class,
            Work.ReceiveWal.class,
            Work.FoldWal.class,
            Work.PlanRecovery.class,
            Work.Recover.class,
            Work.SettleRecovery.class,
            Work.AwaitWrites.class);

    private static final String WORK = "work";
    private static final String RESULT = "result ";
    private static final String MORE = "+";
    private static final int PIECE = 8000;

    private WorkJson() {}

    /** A work as JSON. */
    public static String encode(Work work) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put(WORK, work.getClass().getSimpleName());
        json.set("what", MAPPER.valueToTree(work));
        return json.toString();
    }

    /**
     * Reads a work.
     *
     * @throws IllegalArgumentException if it is none that this program knows
     */
    public static Work decode(String text) {
        try {
            JsonNode json = MAPPER.readTree(text);
            String name = json.path(WORK).asText();
            for (Class<? extends Work> kind : KINDS) {
                if (kind.getSimpleName().equals(name)) {
                    return MAPPER.treeToValue(json.path("what"), kind);
                }
            }
            throw new IllegalArgumentException("there is no work \"" + name
                    + "\" in this version: the job's image must be of the version that asks for it");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("expected a work: " + e.getOriginalMessage(), e);
        }
    }

    /** The lines that tell a result. */
    static List<String> lines(WorkResult result) {
        try {
            return pieces(RESULT + MAPPER.writeValueAsString(result));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record becomes JSON", e);
        }
    }

    private static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        while (text.length() - from > PIECE) {
            pieces.add(MORE + text.substring(from, from + PIECE));
            from += PIECE;
        }
        pieces.add(text.substring(from));
        return pieces;
    }

    /**
     * The result among the lines of a job.
     *
     * @throws IllegalArgumentException if there is one of another version
     */
    public static Optional<WorkResult> result(List<String> lines) {
        StringBuilder whole = new StringBuilder();
        for (String line : lines) {
            if (line.startsWith(MORE)) {
                whole.append(line, 1, line.length());
                continue;
            }
            String text = whole.append(line).toString();
            whole.setLength(0);
            if (text.startsWith(RESULT)) {
                try {
                    return Optional.of(MAPPER.readValue(text.substring(RESULT.length()), WorkResult.class));
                } catch (JsonProcessingException e) {
                    throw new IllegalArgumentException("expected a result: " + e.getOriginalMessage(), e);
                }
            }
        }
        return Optional.empty();
    }
}
