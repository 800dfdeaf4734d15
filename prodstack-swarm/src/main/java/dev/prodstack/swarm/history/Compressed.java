package dev.prodstack.swarm.history;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.prodstack.core.print.JsonText;
import dev.prodstack.core.value.Data;
import dev.prodstack.swarm.engine.Trees;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Data as compressed JSON. */
final class Compressed {
    private static final ObjectReader READER =
            new ObjectMapper().readerFor(JsonNode.class).with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private Compressed() {}

    static byte[] of(Data data) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(JsonText.compact(data).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("memory can always be written", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads it.
     *
     * @return the data; nothing at all in place of what cannot be read
     */
    static Data read(byte[]... pieces) {
        var streams = Collections.enumeration(
                Stream.of(pieces).map(ByteArrayInputStream::new).toList());
        try (GZIPInputStream in = new GZIPInputStream(new SequenceInputStream(streams))) {
            JsonNode tree = READER.readValue(in);
            return Trees.data(tree);
        } catch (IOException e) {
            return Data.Null.NULL;
        }
    }
}
