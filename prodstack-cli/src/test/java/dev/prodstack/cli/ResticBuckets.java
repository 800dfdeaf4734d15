package dev.prodstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prodstack.backup.storage.s3.Radosgw;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A stack's backups and their copies in two buckets of a real S3 server, as restic sees them. */
final class ResticBuckets {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BUCKET = "backups";
    private static final String COPIES = "copies";
    private static final String PREFIX = "shop";

    private final Radosgw server;
    private final Path password;

    ResticBuckets(Radosgw server, Path password) {
        this.server = server;
        this.password = password;
    }

    /** Of each snapshot of the backups, its tags and what it is of. */
    List<String> snapshots() throws Exception {
        return snapshots(BUCKET);
    }

    /** The same of the copies. */
    List<String> copies() throws Exception {
        return snapshots(COPIES);
    }

    private List<String> snapshots(String bucket) throws Exception {
        List<String> all = new ArrayList<>();
        JSON.readTree(restic(bucket, "snapshots", "--json"))
                .forEach(snapshot -> all.add(
                        snapshot.path("tags") + " " + snapshot.path("time").asText() + " "
                                + snapshot.path("tree").asText()));
        all.sort(null);
        return all;
    }

    /** The content of a file in a snapshot of the backups. */
    String content(String snapshot, String path) throws Exception {
        return restic(BUCKET, "dump", snapshot, path);
    }

    /** Has restic read every byte of the copies, which it must find well. */
    void checkCopies() throws Exception {
        restic(COPIES, "check", "--read-data");
    }

    private String restic(String bucket, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "restic",
                "--no-cache",
                "--no-lock",
                "-q",
                "-r",
                "s3:" + server.endpoint() + "/" + bucket + "/" + PREFIX,
                "--password-file",
                password.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("AWS_ACCESS_KEY_ID", server.accessKey());
        builder.environment().put("AWS_SECRET_ACCESS_KEY", server.secretKey());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("restic %s", List.of(arguments)).isZero();
        return output;
    }
}
