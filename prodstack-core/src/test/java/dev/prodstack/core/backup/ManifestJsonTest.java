package dev.prodstack.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ManifestJsonTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final BackupPart PART = new BackupPart(
            "web",
            "volume uploads",
            "files",
            "n1",
            List.of("ab".repeat(32)),
            10,
            4,
            NOON,
            NOON.plusSeconds(3),
            Map.of("files", "2"),
            "d1");

    @Test
    void whatIsWrittenIsRead() {
        BackupRecord whole = new BackupManifest(
                "shop", "id", BackupRecord.Purpose.SAFETY, NOON, NOON.plusSeconds(9), Optional.of(7), List.of(PART));
        BackupRecord incomplete = new IncompleteBackup(
                "shop",
                "id",
                BackupRecord.Purpose.BACKUP,
                NOON,
                NOON,
                List.of(),
                List.of(new IncompleteBackup.Failed("db", "postgres", "refused: \"x\"")));

        assertThat(ManifestJson.decode(ManifestJson.encode(whole))).isEqualTo(whole);
        assertThat(ManifestJson.decode(ManifestJson.encode(incomplete))).isEqualTo(incomplete);
    }

    @Test
    void aNewerFormIsRefusedAndAnUnknownFieldIsNot() {
        String text = ManifestJson.encode(new BackupManifest(
                "shop", "id", BackupRecord.Purpose.BACKUP, NOON, NOON, Optional.empty(), List.of(PART)));

        assertThat(ManifestJson.decode(text.replace("{\"format\":1", "{\"later\":[1],\"format\":1")))
                .isEqualTo(ManifestJson.decode(text));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ManifestJson.decode(text.replace("\"format\":1", "\"format\":2")))
                .withMessageContaining("use the prodstack that wrote it, or a newer one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ManifestJson.decode(text.replace("\"stack\"", "\"stuck\"")))
                .withMessage("a manifest without \"stack\"");
    }

    @Test
    void aBackupOfNothingIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BackupManifest(
                        "shop", "id", BackupRecord.Purpose.BACKUP, NOON, NOON, Optional.empty(), List.of()));
    }
}
