package dev.prodstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on a repository, from making one to getting back what was stored. */
class RepoCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private Path source;

    @BeforeEach
    void init() throws Exception {
        source = directory.resolve("source");
        Files.createDirectories(source.resolve("below"));
        Files.writeString(source.resolve("a.conf"), "a");
        Files.writeString(source.resolve("below/b.conf"), "b");
        Files.writeString(source.resolve("below/c.tmp"), "c");
        CommandRun.in(directory).file("pw", "open sesame\n");
        QuickRepository.init(directory.resolve("repository"), "open sesame").close();
    }

    private CommandRun.Outcome repo(String... arguments) {
        return piped("", arguments);
    }

    private CommandRun.Outcome piped(String input, String... arguments) {
        List<String> line = new ArrayList<>(List.of("repo"));
        line.addAll(List.of(arguments));
        return CommandRun.in(directory)
                .env("PRODSTACK_REPO", "repository")
                .env("PRODSTACK_REPO_PASSWORD_FILE", "pw")
                .input(input)
                .run(line.toArray(String[]::new));
    }

    @Test
    void storesAndBringsBack() throws Exception {
        CommandRun.Outcome stored = repo("backup", "source", "--tag", "nightly", "--exclude", "*.tmp");
        assertThat(stored.code()).as(stored.err()).isZero();
        assertThat(stored.out())
                .contains("2 files, 2 B: 2 new, 0 changed, 0 unmodified")
                .contains("\nSnapshot ");
        assertThat(repo("snapshots", "--tag", "nightly").out()).contains(source.toString(), "1 snapshot\n");
        assertThat(repo("snapshots", "--tag", "other").out()).contains("0 snapshots");
        CommandRun.Outcome planned = repo("restore", "latest:" + source, "--target", "back", "--dry-run");
        assertThat(planned.out()).contains("create     " + source + "/a.conf").contains("Nothing was done");
        assertThat(directory.resolve("back")).doesNotExist();
        CommandRun.Outcome restored = repo("restore", "latest:" + source, "--target", "back", "--verify");
        assertThat(restored.code()).as(restored.err()).isZero();
        assertThat(restored.out()).startsWith("Restored 2 files, 2 B in 0:00:0");
        assertThat(directory.resolve("back/below/b.conf")).hasContent("b");
        assertThat(directory.resolve("back/below/c.tmp")).doesNotExist();
        assertThat(repo("restore", "latest:" + source, "--target", "back").out())
                .contains("Restored 0 files", "2 were right already");
    }

    @Test
    void looksIntoSnapshots() throws Exception {
        repo("backup", "source");
        Files.writeString(source.resolve("a.conf"), "changed");
        Files.writeString(source.resolve("new"), "");
        Files.delete(source.resolve("below/c.tmp"));
        repo("backup", "source");
        String first = JSON.readTree(repo("snapshots", "-o", "json").out())
                .get(0)
                .path("short_id")
                .asText();
        assertThat(repo("diff", first, "latest").out())
                .isEqualTo("M  " + source + "/a.conf\n-  " + source + "/below/c.tmp\n+  " + source + "/new\n"
                        + "1 added, 1 removed, 1 changed.\n");
        assertThat(repo("ls", "latest:" + source).out().lines())
                .hasSize(4)
                .allMatch(line -> line.matches("[-d][-rwx]{9} .* " + source + "/.*"));
        assertThat(repo("ls", "--flat", "latest:" + source).out().lines()).hasSize(3);
        JsonNode file = JSON.readTree(
                repo("ls", "-o", "json", "latest:" + source + "/a.conf").out());
        assertThat(file.path("size").asInt()).isEqualTo(7);
        assertThat(repo("find", "*.tmp").out()).contains("In " + first).contains("/below/c.tmp");
        assertThat(repo("find", "nothing").code()).isEqualTo(1);
        assertThat(repo("dump", first + ":" + source + "/a.conf").out()).isEqualTo("a");
        assertThat(repo("stats").out()).contains("snapshots", "2", "saved by deduplication");
        assertThat(JSON.readTree(repo("stats", "-o", "json").out())
                        .path("files")
                        .asInt())
                .isEqualTo(6);
    }

    @Test
    void storesStreamsAndWritesArchives() throws Exception {
        assertThat(piped("INSERT", "backup", "--stdin", "dump.sql").code()).isZero();
        assertThat(repo("dump", "latest:/dump.sql").out()).isEqualTo("INSERT");
        repo("backup", "source");
        CommandRun.Outcome written = repo("dump", "latest", "--to", "a.tar.gz");
        assertThat(written.code()).as(written.err()).isZero();
        assertThat(Files.readAllBytes(directory.resolve("a.tar.gz"))).startsWith(0x1f, 0x8b);
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        CommandRun.in(directory)
                .env("PRODSTACK_REPO", "repository")
                .env("PRODSTACK_REPO_PASSWORD_FILE", "pw")
                .outTo(tar)
                .run("repo", "dump", "latest:" + source);
        Files.write(directory.resolve("whole.tar"), tar.toByteArray());
        assertThat(repo("dump", "latest:" + source, "--archive", "zip").code()).isEqualTo(2);
    }

    @Test
    void checksAndSalvages() throws Exception {
        CommandRun.Outcome unverified = repo("backup", "source", "--no-extra-verify");
        assertThat(unverified.code()).as(unverified.err()).isZero();
        CommandRun.Outcome clean = repo("check", "--read-data");
        assertThat(clean.code()).isZero();
        assertThat(clean.out()).contains("no faults");
        assertThat(repo("check", "--read-data-subset", "rotate/7").code()).isZero();
        Path pack = largestPack();
        byte[] content = Files.readAllBytes(pack);
        content[5] ^= 1;
        assertThat(pack.toFile().setWritable(true)).isTrue();
        Files.write(pack, content);
        CommandRun.Outcome found = repo("check", "--read-data");
        assertThat(found.code()).isEqualTo(1);
        assertThat(found.out()).contains("fault", pack.getFileName().toString());
        JsonNode json = JSON.readTree(repo("check", "--read-data", "-o", "json").out());
        assertThat(json.path("clean").asBoolean()).isFalse();
        assertThat(json.path("findings").get(0).path("kind").asText()).isEqualTo("pack");
        CommandRun.Outcome saved = repo("restore", "latest", "--target", "back", "--salvage");
        assertThat(saved.code()).isEqualTo(1);
        assertThat(saved.err()).contains("is lost");
    }

    private Path largestPack() throws Exception {
        try (Stream<Path> packs = Files.walk(directory.resolve("repository/data"))) {
            return packs.filter(Files::isRegularFile)
                    .max((a, b) -> Long.compare(a.toFile().length(), b.toFile().length()))
                    .orElseThrow();
        }
    }

    @Test
    void whatCannotBeHadIsSaidWithWhatToDo() {
        assertThat(repo("restore", "latest", "--target", "x").err()).startsWith("error: there is no snapshot yet");
        assertThat(repo("backup", "nowhere").err()).contains("is not there");
        assertThat(repo("backup").code()).isEqualTo(2);
        assertThat(repo("restore", "nonsense", "--target", "x").err()).contains("\"nonsense\" is no snapshot");
        repo("backup", "source");
        assertThat(repo("ls", "latest:/nowhere").err()).startsWith("error: /nowhere is not in snapshot");
        assertThat(repo("restore", "latest", "--target", "x", "--overwrite", "maybe")
                        .code())
                .isEqualTo(2);
        assertThat(repo("check", "--read-data-subset", "9/7").code()).isEqualTo(2);
    }
}
