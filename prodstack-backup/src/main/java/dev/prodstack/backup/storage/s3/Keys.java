package dev.prodstack.backup.storage.s3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSupplier;

/** Credentials in the terms of the client. */
final class Keys {
    private Keys() {}

    static AwsCredentialsProvider of(S3Credentials credentials) {
        if (credentials instanceof S3Credentials.KeyFiles files) {
            return () -> read(files);
        }
        if (credentials instanceof S3Credentials.Profile profile) {
            AwsCredentialsProvider file = ProfileCredentialsProvider.builder()
                    .profileFile(ProfileFileSupplier.reloadWhenModified(profile.file(), ProfileFile.Type.CREDENTIALS))
                    .profileName(profile.profile())
                    .build();
            return () -> read(file, profile);
        }
        return DefaultCredentialsProvider.builder().build();
    }

    private static AwsCredentials read(S3Credentials.KeyFiles files) {
        String accessKey = read(files.accessKey());
        String secretKey = read(files.secretKey());
        return files.sessionToken().isPresent()
                ? AwsSessionCredentials.create(
                        accessKey, secretKey, read(files.sessionToken().get()))
                : AwsBasicCredentials.create(accessKey, secretKey);
    }

    private static AwsCredentials read(AwsCredentialsProvider file, S3Credentials.Profile profile) {
        try {
            return file.resolveCredentials();
        } catch (IllegalArgumentException e) {
            throw new UnreadableKey(profile.file() + " is no file of profiles");
        }
    }

    private static String read(Path file) {
        try {
            String key = Files.readString(file).strip();
            if (key.isEmpty()) {
                throw new UnreadableKey(file + " is empty");
            }
            return key;
        } catch (IOException e) {
            throw new UnreadableKey("cannot read " + file, e);
        }
    }

    /** A file of keys cannot be used. */
    static final class UnreadableKey extends SdkClientException {
        private static final long serialVersionUID = 1;

        UnreadableKey(String message) {
            super(SdkClientException.builder().message(message));
        }

        UnreadableKey(String message, IOException cause) {
            super(SdkClientException.builder().message(message + " (" + cause + ")"));
        }
    }
}
