package dev.prodstack.core.value;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/**
 * The base address of an HTTP service.
 *
 * @param uri the address: {@code http} or {@code https}, with a host, without user information, query and fragment
 */
public record HttpAddress(URI uri) {
    private static final Set<String> SCHEMES = Set.of("http", "https");

    /** Checks the parts. */
    public HttpAddress {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!SCHEMES.contains(scheme) || uri.getHost() == null) {
            throw new IllegalArgumentException("expected an address such as https://example.com:9000");
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("expected an address without user and password in it");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("expected an address without ? and #");
        }
    }

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException if the text is none
     */
    public static HttpAddress parse(String text) {
        try {
            return new HttpAddress(new URI(text));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("expected an address such as https://example.com:9000", e);
        }
    }

    /** The address as it was written. */
    @Override
    public String toString() {
        return uri.toString();
    }
}
