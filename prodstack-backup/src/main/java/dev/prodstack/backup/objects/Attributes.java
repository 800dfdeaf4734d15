package dev.prodstack.backup.objects;

import dev.prodstack.backup.tree.ExtendedAttribute;
import dev.prodstack.backup.tree.Node;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** What an object has besides its bytes, as extended attributes of a file. */
final class Attributes {
    private static final String PREFIX = "user.s3.";
    private static final String ETAG = PREFIX + "etag";
    private static final String TYPE = PREFIX + "content-type";
    private static final String ENCODING = PREFIX + "content-encoding";
    private static final String DISPOSITION = PREFIX + "content-disposition";
    private static final String LANGUAGE = PREFIX + "content-language";
    private static final String CACHE = PREFIX + "cache-control";
    private static final String META = PREFIX + "meta.";

    private Attributes() {}

    /** Of an object, under the ETag that the listing had. */
    static List<ExtendedAttribute> of(GetObjectResponse object, String etag) {
        Map<String, String> texts = new TreeMap<>();
        texts.put(ETAG, etag);
        put(texts, TYPE, object.contentType());
        put(texts, ENCODING, object.contentEncoding());
        put(texts, DISPOSITION, object.contentDisposition());
        put(texts, LANGUAGE, object.contentLanguage());
        put(texts, CACHE, object.cacheControl());
        object.metadata().forEach((name, value) -> put(texts, META + name, value));
        List<ExtendedAttribute> attributes = new ArrayList<>();
        texts.forEach(
                (name, value) -> attributes.add(new ExtendedAttribute(name, value.getBytes(StandardCharsets.UTF_8))));
        return attributes;
    }

    private static void put(Map<String, String> texts, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            texts.put(name, value);
        }
    }

    private static Optional<String> text(Node node, String name) {
        return node.attributes().stream()
                .filter(attribute -> attribute.name().equals(name))
                .map(attribute -> new String(attribute.value(), StandardCharsets.UTF_8))
                .findFirst();
    }

    /** The ETag that an object had. */
    static Optional<String> etag(Node node) {
        return text(node, ETAG);
    }

    /** Gives a request what the object had. */
    static void onto(PutObjectRequest.Builder request, Node node) {
        text(node, TYPE).ifPresent(request::contentType);
        text(node, ENCODING).ifPresent(request::contentEncoding);
        text(node, DISPOSITION).ifPresent(request::contentDisposition);
        text(node, LANGUAGE).ifPresent(request::contentLanguage);
        text(node, CACHE).ifPresent(request::cacheControl);
        Map<String, String> metadata = new TreeMap<>();
        node.attributes().stream()
                .filter(attribute -> attribute.name().startsWith(META))
                .forEach(attribute -> metadata.put(
                        attribute.name().substring(META.length()),
                        new String(attribute.value(), StandardCharsets.UTF_8)));
        request.metadata(metadata);
    }
}
