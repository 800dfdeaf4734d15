package dev.prodstack.core.compose.normal;

import dev.prodstack.core.backup.RepositorySpec;
import dev.prodstack.core.backup.RepositorySpec.Encryption;
import dev.prodstack.core.backup.RepositorySpec.Location;
import dev.prodstack.core.value.Data;
import java.util.Optional;

/** The normal form of backup repositories. */
final class RepositoryForm {
    private RepositoryForm() {}

    static Data of(RepositorySpec repository) {
        Section section = new Section();
        if (repository.location() instanceof Location.Directory directory) {
            section.put("directory", Data.of(directory.path()));
        } else if (repository.location() instanceof Location.InVolume volume) {
            section.put("volume", Data.of(volume.key()));
        } else if (repository.location() instanceof Location.S3 s3) {
            section.put("s3", s3(s3));
        }
        if (repository.encryption() instanceof Encryption.Password password) {
            OperationsForm.password(section, "password", password.source());
        } else {
            section.put("encryption", Data.of("none"));
        }
        return section.put("compression", Data.of(repository.compression().toString()))
                .text("upload_limit", repository.uploadLimit())
                .number("connections", repository.connections())
                .toData();
    }

    private static Data s3(Location.S3 s3) {
        Section section = new Section()
                .text("endpoint", s3.endpoint())
                .put("bucket", Data.of(s3.bucket()))
                .text("prefix", Optional.of(s3.prefix()).filter(prefix -> !prefix.isEmpty()))
                .text("region", s3.region())
                .put("addressing", Data.of(s3.addressing().toString()));
        s3.keys().ifPresent(keys -> BackupForm.keys(section, keys));
        section.text("storage_class", s3.storageClass());
        s3.objectLock()
                .ifPresent(lock -> section.section(
                        "object_lock",
                        new Section()
                                .put("mode", Data.of(lock.mode().toString()))
                                .put("days", Data.of(lock.duration().toDays()))));
        return section.toData();
    }
}
