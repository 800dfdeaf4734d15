package dev.prodstack.backup.storage.s3;

import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/**
 * What a bucket keeps of an object.
 *
 * @param id the version's
 * @param written when, to the second
 * @param latest whether it is what who asks for the object gets
 * @param deletion whether it says that the object was deleted
 * @param tag what the server calls the content; alike for the same content, as a rule
 * @param size in bytes
 */
record KeptVersion(String key, String id, Instant written, boolean latest, boolean deletion, String tag, long size) {
    /** The newest first. */
    static final Comparator<KeptVersion> NEWEST = Comparator.comparing(KeptVersion::latest)
            .thenComparing(KeptVersion::written)
            .reversed();

    static Stream<KeptVersion> of(ListObjectVersionsResponse page) {
        return Stream.concat(
                page.versions().stream().map(KeptVersion::of),
                page.deleteMarkers().stream().map(KeptVersion::of));
    }

    private static KeptVersion of(ObjectVersion version) {
        return new KeptVersion(
                version.key(),
                version.versionId(),
                version.lastModified(),
                Boolean.TRUE.equals(version.isLatest()),
                false,
                version.eTag(),
                version.size());
    }

    private static KeptVersion of(DeleteMarkerEntry marker) {
        return new KeptVersion(
                marker.key(),
                marker.versionId(),
                marker.lastModified(),
                Boolean.TRUE.equals(marker.isLatest()),
                true,
                "",
                0);
    }

    boolean sameContent(KeptVersion other) {
        return !deletion && !other.deletion && size == other.size && tag.equals(other.tag);
    }
}
