package dev.prodstack.backup.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prodstack.backup.browse.Entry;
import dev.prodstack.backup.browse.SnapshotFiles;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.tree.NodeKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * The file {@code backup_manifest} of a physical copy, which the server writes; PostgreSQL's documentation, "Backup
 * Manifest Format". Where the files of a snapshot begin is a matter of the snapshot.
 *
 * @param root its content
 */
record BaseManifest(JsonNode root) {
    static final String FILE = "backup_manifest";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of a stored copy. */
    static BaseManifest of(SnapshotFiles files, StoredSnapshot snapshot) throws IOException {
        Entry entry = files.find("/" + FILE)
                .orElseThrow(
                        () -> new IOException("The snapshot " + snapshot.id().brief()
                                + " has no backup_manifest, so it is no base backup. Name one of kind=base."));
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        files.content(entry.node(), content);
        return new BaseManifest(JSON.readTree(content.toByteArray()));
    }

    private JsonNode range() {
        return root.path("WAL-Ranges").path(0);
    }

    /** The timeline it was taken on. */
    int timeline() {
        return range().path("Timeline").asInt();
    }

    /** Where replaying begins. */
    Lsn start() {
        return Lsn.parse(range().path("Start-LSN").asText());
    }

    /** Where the copy is consistent: it cannot be restored to any moment before. */
    Lsn end() {
        return Lsn.parse(range().path("End-LSN").asText());
    }

    /**
     * Compares what is stored with it: that every file is there, of its size and checksum, and none besides.
     *
     * @return how many files there are
     * @throws IOException if something differs
     */
    int verify(SnapshotFiles files, StoredSnapshot snapshot) throws IOException {
        Map<String, JsonNode> expected = new HashMap<>();
        for (JsonNode file : root.path("Files")) {
            expected.put("/" + path(file), file);
        }
        int count = expected.size();
        files.walk(entry -> {
            if (entry.node().kind() == NodeKind.FILE) {
                verify(files, entry, expected);
            }
            return true;
        });
        if (!expected.isEmpty()) {
            throw wrong(snapshot, expected.keySet().iterator().next(), "is not there");
        }
        return count;
    }

    private static void verify(SnapshotFiles files, Entry entry, Map<String, JsonNode> expected) throws IOException {
        String path = entry.path();
        JsonNode file = expected.remove(path);
        if (file == null) {
            // The log that comes with the copy, and the manifest itself, are not in it.
            if (!path.startsWith("/pg_wal/") && !path.equals("/" + FILE)) {
                throw new IOException("The base backup has a file that its manifest does not know: " + path);
            }
            return;
        }
        long size = file.path("Size").asLong();
        if (entry.node().size() != size) {
            throw new IOException("The base backup is not as the server sent it: " + path + " has "
                    + entry.node().size() + " bytes, not " + size + ". Take another one.");
        }
        if (file.path("Checksum-Algorithm").asText().equals("CRC32C")) {
            CRC32C checksum = new CRC32C();
            files.content(entry.node(), new CheckedOutputStream(OutputStream.nullOutputStream(), checksum));
            String found = hex(checksum);
            if (!found.equals(file.path("Checksum").asText())) {
                throw new IOException("The base backup is not as the server sent it: " + path
                        + " has another checksum than the manifest says. Take another one, and look at the memory of"
                        + " this machine.");
            }
        }
    }

    /** The lowest byte first, as PostgreSQL writes it. */
    private static String hex(CRC32C checksum) {
        return String.format(Locale.ROOT, "%08x", Integer.reverseBytes((int) checksum.getValue()));
    }

    private static String path(JsonNode file) {
        return file.has("Path")
                ? file.path("Path").asText()
                : new String(HexFormat.of().parseHex(file.path("Encoded-Path").asText()), StandardCharsets.UTF_8);
    }

    private static IOException wrong(StoredSnapshot snapshot, String path, String what) {
        return new IOException("The base backup " + snapshot.id().brief() + " is not as the server sent it: " + path
                + " " + what + ". Take another one.");
    }
}
