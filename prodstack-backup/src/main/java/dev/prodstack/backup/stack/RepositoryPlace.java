package dev.prodstack.backup.stack;

import dev.prodstack.backup.work.RepositoryAccess;
import dev.prodstack.core.backup.RepositorySpec;
import dev.prodstack.core.backup.RepositorySpec.Encryption;
import dev.prodstack.core.backup.RepositorySpec.Location;
import dev.prodstack.core.cluster.JobMount;
import dev.prodstack.core.cluster.JobMount.Access;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.core.value.ByteSize;
import dev.prodstack.core.value.HttpAddress;
import dev.prodstack.core.value.PasswordSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A repository as a job sees it.
 *
 * @param access how the job opens it
 * @param mounts what it needs to see of the node
 * @param secrets the secrets that it needs, by file
 */
record RepositoryPlace(RepositoryAccess access, List<JobMount> mounts, Map<String, String> secrets) {
    private static final String SECRETS = "/run/secrets/";

    /**
     * Of what a Compose file says.
     *
     * @param name tells it from another repository that the same job sees
     */
    static RepositoryPlace of(Stack stack, RepositorySpec spec, String name) {
        List<JobMount> mounts = new ArrayList<>();
        Map<String, String> secrets = new LinkedHashMap<>();
        String password = spec.encryption() instanceof Encryption.Password its
                ? file(stack, its.source(), name + "_password", mounts, secrets)
                : "";
        String compression = spec.compression().toString();
        RepositoryAccess access;
        if (spec.location() instanceof Location.Directory directory) {
            mounts.add(new JobMount.OfHost(directory.path(), "/" + name, Access.WRITE));
            access = RepositoryAccess.directory("/" + name, password, compression);
        } else if (spec.location() instanceof Location.InVolume volume) {
            mounts.add(new JobMount.OfVolume(Names.volume(stack, volume.key()), "/" + name, Access.WRITE));
            access = RepositoryAccess.directory("/" + name, password, compression);
        } else {
            Location.S3 s3 = (Location.S3) spec.location();
            access = new RepositoryAccess(
                    "s3:" + s3.endpoint().map(HttpAddress::toString).orElse("https://s3.amazonaws.com") + "/"
                            + s3.bucket() + (s3.prefix().isEmpty() ? "" : "/" + s3.prefix()),
                    password,
                    compression,
                    s3.keys()
                            .map(keys -> file(stack, keys.accessKey(), name + "_access_key", mounts, secrets))
                            .orElse(""),
                    s3.keys()
                            .map(keys -> file(stack, keys.secretKey(), name + "_secret_key", mounts, secrets))
                            .orElse(""),
                    s3.region().orElse(""),
                    s3.addressing().toString(),
                    s3.storageClass().orElse(""),
                    s3.objectLock().map(lock -> lock.mode().toString()).orElse(""),
                    s3.objectLock().map(lock -> (int) lock.duration().toDays()).orElse(0),
                    spec.uploadLimit().map(ByteSize::bytes).orElse(0L),
                    spec.connections().orElse(0));
        }
        return new RepositoryPlace(access, mounts, secrets);
    }

    /** The path in the job of a file that holds a password. */
    static String file(
            Stack stack, PasswordSource source, String name, List<JobMount> mounts, Map<String, String> secrets) {
        if (source instanceof PasswordSource.OfSecret secret) {
            secrets.put(name, Names.secret(stack, secret.key()));
            return SECRETS + name;
        }
        String target = "/run/prodstack/" + name;
        mounts.add(new JobMount.OfHost(((PasswordSource.OfFile) source).path(), target, Access.READ));
        return target;
    }

    /** Whether its files are in a directory of each node. */
    static boolean isOnNodes(RepositorySpec spec) {
        return spec.location() instanceof Location.Directory;
    }
}
