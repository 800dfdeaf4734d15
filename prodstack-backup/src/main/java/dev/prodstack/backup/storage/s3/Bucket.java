package dev.prodstack.backup.storage.s3;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What is done to a bucket, or to several versions of an object in it. */
final class Bucket {
    private final S3Client client;
    private final S3Settings settings;
    private final String name;

    Bucket(S3Client client, S3Settings settings) {
        this.client = client;
        this.settings = settings;
        this.name = settings.location().bucket();
    }

    ListObjectsV2Response list(String prefix, @Nullable String token) {
        return client.listObjectsV2(request -> {
            request.bucket(name).prefix(prefix);
            if (token != null) {
                request.continuationToken(token);
            }
        });
    }

    /** Makes the bucket, with object lock where that is set. One that is there stays as it is. */
    void create() {
        try {
            client.headBucket(request -> request.bucket(name));
        } catch (S3Exception e) {
            // Who may not look at the bucket may yet be allowed to work in it.
            if (e.statusCode() == 404) {
                make();
            } else if (e.statusCode() != 403) {
                throw e;
            }
        }
    }

    private void make() {
        CreateBucketRequest.Builder request = CreateBucketRequest.builder().bucket(name);
        if (settings.objectLock().isPresent()) {
            request.objectLockEnabledForBucket(true);
        }
        boolean amazon = settings.location().endpoint().isEmpty();
        settings.region()
                .filter(region -> amazon && !region.equals("us-east-1"))
                .ifPresent(region -> request.createBucketConfiguration(of -> of.locationConstraint(region)));
        try {
            client.createBucket(request.build());
        } catch (S3Exception e) {
            if (!Failures.code(e).equals("BucketAlreadyOwnedByYou")) {
                throw e;
            }
        }
    }

    /**
     * Removes an object. Where versions are kept since objects are locked, also removes its versions, to free their
     * room; those whose lock has not ended stay.
     */
    void delete(String key) {
        if (settings.objectLock().isEmpty() || !deleteVersions(key)) {
            client.deleteObject(request -> request.bucket(name).key(key));
        }
    }

    /** Removes what versions it can, and says whether none is left. */
    private boolean deleteVersions(String key) {
        // A repository's files are written once, so there is but a page of versions.
        ListObjectVersionsResponse found = client.listObjectVersions(
                ListObjectVersionsRequest.builder().bucket(name).prefix(key).build());
        boolean none = true;
        for (ObjectVersion version : found.versions()) {
            if (version.key().equals(key)) {
                none &= deleteVersion(key, version.versionId());
            }
        }
        if (none) {
            found.deleteMarkers().stream()
                    .filter(marker -> marker.key().equals(key))
                    .forEach(marker -> deleteVersion(key, marker.versionId()));
        }
        return none;
    }

    private boolean deleteVersion(String key, String version) {
        try {
            client.deleteObject(request -> request.bucket(name).key(key).versionId(version));
            return true;
        } catch (S3Exception e) {
            if (e.statusCode() == 403) {
                return false;
            }
            throw e;
        }
    }
}
