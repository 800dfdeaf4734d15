package dev.prodstack.swarm.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import java.io.IOException;
import java.io.InputStream;

/** JSON text to trees and back. Whole numbers and fractions keep every digit. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final ObjectReader READER = MAPPER.readerFor(JsonNode.class)
            .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);
    private static final ObjectWriter WRITER = MAPPER.writer();

    private Json() {}

    /** Reads one value; a missing node if there is none. */
    static JsonNode parse(String text) throws JsonProcessingException {
        return READER.readTree(text);
    }

    /** Reads one value after another as they come. Blocks for the first. */
    static MappingIterator<JsonNode> parseMany(InputStream in) throws IOException {
        return READER.without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).readValues(in);
    }

    /** Lists and maps of text as JSON. */
    static String text(Object plain) {
        try {
            return WRITER.writeValueAsString(plain);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("plain collections are always writable", e);
        }
    }

    static byte[] bytes(JsonNode tree) {
        try {
            return WRITER.writeValueAsBytes(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a tree is always writable", e);
        }
    }
}
