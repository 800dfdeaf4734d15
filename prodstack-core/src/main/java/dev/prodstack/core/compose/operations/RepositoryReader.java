package dev.prodstack.core.compose.operations;

import dev.prodstack.core.backup.RepositorySpec;
import dev.prodstack.core.backup.RepositorySpec.Addressing;
import dev.prodstack.core.backup.RepositorySpec.Compression;
import dev.prodstack.core.backup.RepositorySpec.Encryption;
import dev.prodstack.core.backup.RepositorySpec.Location;
import dev.prodstack.core.backup.RepositorySpec.ObjectLock;
import dev.prodstack.core.backup.S3Keys;
import dev.prodstack.core.compose.read.Fields;
import dev.prodstack.core.compose.read.Place;
import dev.prodstack.core.value.ByteSize;
import dev.prodstack.core.value.HttpAddress;
import dev.prodstack.core.value.PasswordSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads a {@code repository}. */
final class RepositoryReader {
    private static final int LONGEST_LOCK_DAYS = 36_500;

    private final Mentions mentions;

    RepositoryReader(Mentions mentions) {
        this.mentions = mentions;
    }

    Optional<RepositorySpec> read(Place place) {
        Fields fields = place.fields();
        Optional<Encryption> encryption = encryption(place, fields);
        Compression compression =
                fields.choice("compression", Compression.class).orElse(Compression.AUTO);
        Optional<ByteSize> uploadLimit = fields.parsed("upload_limit", RepositoryReader::aboveZero);
        OptionalInt connections = fields.integer("connections", 1, Integer.MAX_VALUE);
        Optional<Location> location = location(fields);
        fields.end();
        return location.flatMap(where -> encryption.flatMap(
                lock -> place.made(() -> new RepositorySpec(where, lock, compression, uploadLimit, connections))));
    }

    private Optional<Location> location(Fields fields) {
        return Parts.kind(fields, "a repository's place", List.of("directory", "volume", "s3"))
                .flatMap(kind -> location(kind, fields.get(kind).orElseThrow()));
    }

    private Optional<Location> location(String kind, Place place) {
        return switch (kind) {
            case "directory" -> place.parsed(Location.Directory::new);
            case "volume" ->
                place.word().flatMap(key -> {
                    mentions.volume(place, key);
                    return place.made(() -> new Location.InVolume(key));
                });
            default -> s3(place);
        };
    }

    private Optional<Location> s3(Place place) {
        Fields fields = place.fields();
        Optional<HttpAddress> endpoint = fields.parsed("endpoint", HttpAddress::parse);
        Optional<String> bucket = fields.required("bucket", "add bucket: with the bucket's name")
                .flatMap(given -> given.parsed(Location.S3::checkedBucket));
        String prefix = fields.parsed("prefix", Location.S3::checkedPrefix).orElse("");
        Optional<String> region = fields.get("region").flatMap(Place::word);
        Addressing addressing = fields.choice("addressing", Addressing.class)
                .orElse(fields.has("endpoint") ? Addressing.PATH : Addressing.VIRTUAL_HOST);
        Optional<S3Keys> keys = keys(fields);
        Optional<String> storageClass = fields.get("storage_class").flatMap(Place::word);
        Optional<ObjectLock> lock = fields.given("object_lock").flatMap(RepositoryReader::objectLock);
        fields.end();
        return bucket.flatMap(name -> place.made(
                () -> new Location.S3(endpoint, name, prefix, region, addressing, keys, storageClass, lock)));
    }

    private static ByteSize aboveZero(String text) {
        ByteSize size = ByteSize.parse(text);
        if (size.bytes() == 0) {
            throw new IllegalArgumentException("expected a size above zero");
        }
        return size;
    }

    private Optional<S3Keys> keys(Fields fields) {
        Optional<PasswordSource> access = Parts.password(fields, "access_key", mentions);
        Optional<PasswordSource> secret = Parts.password(fields, "secret_key", mentions);
        if (access.isPresent() != secret.isPresent()) {
            fields.place()
                    .problem(
                            "an access key and a secret key are one pair, and only one of them is given",
                            "give both, or neither for the machine's own credentials");
        }
        return access.flatMap(id -> secret.map(key -> new S3Keys(id, key)));
    }

    private static Optional<ObjectLock> objectLock(Place place) {
        Fields fields = place.fields();
        Optional<ObjectLock.Mode> mode = fields.required("mode", "add mode: governance or compliance")
                .flatMap(given -> given.choice(ObjectLock.Mode.class));
        OptionalInt days = fields.required("days", "add days: 30")
                .map(given -> given.integer(1, LONGEST_LOCK_DAYS))
                .orElseGet(OptionalInt::empty);
        fields.end();
        return days.isEmpty()
                ? Optional.empty()
                : mode.flatMap(kind -> place.made(() -> new ObjectLock(kind, Duration.ofDays(days.getAsInt()))));
    }

    private Optional<Encryption> encryption(Place place, Fields fields) {
        Optional<PasswordSource> password = Parts.password(fields, "password", mentions);
        Optional<Place> none = fields.given("encryption");
        if (none.isPresent()) {
            if (password.isPresent()) {
                none.get().problem("a repository with a password is encrypted", "remove encryption, or the password");
            }
            return none.get().text().equals(Optional.of("none"))
                    ? Optional.of(Encryption.None.NONE)
                    : none.get().wrong("none, the only encryption that is named", "to encrypt, give a password");
        }
        if (!fields.has("password_secret") && !fields.has("password_file")) {
            place.problem(
                    "the repository has no password",
                    "add password_secret: or password_file:, or encryption: none if nobody must be kept from reading it");
        }
        return password.map(Encryption.Password::new);
    }
}
