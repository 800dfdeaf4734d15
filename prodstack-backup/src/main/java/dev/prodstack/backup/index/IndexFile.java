package dev.prodstack.backup.index;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.prodstack.backup.blob.BlobKind;
import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.blob.DamagedException;
import dev.prodstack.backup.pack.PackedBlob;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The JSON of an index file; restic design document, "Indexing". Read as a stream, as there may be millions. */
public final class IndexFile {
    private static final JsonFactory JSON = new JsonFactory();

    private IndexFile() {}

    /** Writes packs. */
    public static byte[] encode(Collection<IndexedPack> packs) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeArrayFieldStart("packs");
            for (IndexedPack pack : packs) {
                json.writeStartObject();
                json.writeStringField("id", pack.id().toString());
                json.writeArrayFieldStart("blobs");
                for (PackedBlob blob : pack.blobs()) {
                    json.writeStartObject();
                    json.writeStringField("id", blob.id().toString());
                    json.writeStringField("type", blob.kind().word());
                    json.writeNumberField("offset", blob.offset());
                    json.writeNumberField("length", blob.length());
                    if (blob.compressed()) {
                        json.writeNumberField("uncompressed_length", blob.uncompressed());
                    }
                    json.writeEndObject();
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes what is written", e);
        }
        return out.toByteArray();
    }

    /** Reads packs, and gives each on. */
    public static void decode(byte[] content, Consumer<IndexedPack> packs) throws DamagedException {
        try (JsonParser json = JSON.createParser(content)) {
            expect(json.nextToken(), JsonToken.START_OBJECT);
            for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
                json.nextToken();
                if (field.equals("packs") && json.currentToken() == JsonToken.START_ARRAY) {
                    while (json.nextToken() == JsonToken.START_OBJECT) {
                        packs.accept(pack(json));
                    }
                } else {
                    json.skipChildren();
                }
            }
            expect(json.currentToken(), JsonToken.END_OBJECT);
        } catch (DamagedException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            throw new DamagedException("is no index: " + e.getMessage(), e);
        }
    }

    private static IndexedPack pack(JsonParser json) throws IOException {
        @Nullable ContentId id = null;
        List<PackedBlob> blobs = new ArrayList<>();
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            JsonToken value = json.nextToken();
            if (field.equals("id") && value == JsonToken.VALUE_STRING) {
                id = ContentId.parse(json.getText());
            } else if (field.equals("blobs") && value == JsonToken.START_ARRAY) {
                while (json.nextToken() == JsonToken.START_OBJECT) {
                    blobs.add(blob(json));
                }
            } else {
                json.skipChildren();
            }
        }
        if (id == null) {
            throw new DamagedException("has a pack without id");
        }
        blobs.sort(Comparator.comparingInt(PackedBlob::offset));
        return new IndexedPack(id, blobs);
    }

    private static PackedBlob blob(JsonParser json) throws IOException {
        @Nullable ContentId id = null;
        @Nullable BlobKind kind = null;
        int offset = -1;
        int length = -1;
        int uncompressed = 0;
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            json.nextToken();
            switch (field) {
                case "id" -> id = ContentId.parse(String.valueOf(json.getText()));
                case "type" -> kind = kind(String.valueOf(json.getText()));
                case "offset" -> offset = json.getIntValue();
                case "length" -> length = json.getIntValue();
                case "uncompressed_length" -> uncompressed = json.getIntValue();
                default -> json.skipChildren();
            }
        }
        if (id == null || kind == null) {
            throw new DamagedException("has a blob without id or type");
        }
        return new PackedBlob(id, kind, offset, length, uncompressed);
    }

    private static BlobKind kind(String word) throws DamagedException {
        return switch (word) {
            case "data" -> BlobKind.DATA;
            case "tree" -> BlobKind.TREE;
            default -> throw new DamagedException("has a blob of unknown type \"" + word + "\"");
        };
    }

    private static void expect(@Nullable JsonToken found, JsonToken expected) throws DamagedException {
        if (found != expected) {
            throw new DamagedException("is no index: expected " + expected + ", found " + found);
        }
    }
}
