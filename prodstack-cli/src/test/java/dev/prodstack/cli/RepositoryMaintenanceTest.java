package dev.prodstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.backup.Backup;
import dev.prodstack.backup.repository.HeldLock;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.source.DirectorySource;
import dev.prodstack.backup.storage.DirectoryStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that tidy a repository. */
class RepositoryMaintenanceTest {
    @TempDir
    Path directory;

    private final List<String> snapshots = new ArrayList<>();

    @BeforeEach
    void backUpThrice() throws Exception {
        run().file("pw", "open sesame\n").file("pw2", "another\n");
        try (Repository opened = QuickRepository.init(directory.resolve("repository"), "open sesame")) {
            for (int i = 0; i < 3; i++) {
                Path source = Files.createDirectories(directory.resolve("source"));
                Files.writeString(source.resolve("file"), "content " + i);
                snapshots.add(
                        Backup.of(DirectorySource.at(source)).to(opened).id().toString());
            }
        }
    }

    private Repository open(String name, String password) throws IOException {
        return Repository.open(DirectoryStorage.at(directory.resolve(name)), password.toCharArray());
    }

    private CommandRun run() {
        return CommandRun.in(directory);
    }

    private CommandRun.Outcome repo(String... words) {
        List<String> line = new ArrayList<>(List.of("repo"));
        line.addAll(List.of(words));
        line.addAll(List.of("-r", "repository", "--password-file", "pw"));
        return run().run(line.toArray(String[]::new));
    }

    private int count() throws IOException {
        try (Repository opened = open("repository", "open sesame")) {
            return opened.snapshots().size();
        }
    }

    @Test
    void forgetsByRulesAndSaysWhy() throws IOException {
        CommandRun.Outcome dry = repo("forget", "--keep-last", "1", "--dry-run");
        assertThat(dry.err()).isEmpty();
        assertThat(dry.out()).contains("last snapshot", "no rule keeps it", "Would keep 1 snapshot and forget 2.");
        assertThat(count()).isEqualTo(3);
        assertThat(repo("forget", "--keep-last", "1", "-o", "json").out()).contains("\"reasons\"", "\"last snapshot\"");
        assertThat(count()).isOne();
        assertThat(repo("forget").out()).contains("within 30d", "Kept 1 snapshot and forgot 0.");
    }

    @Test
    void forgetsWhatIsNamedAndPrunes() throws IOException {
        CommandRun.Outcome outcome = repo("forget", snapshots.get(0).substring(0, 8), "--prune");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.err()).contains("Freed ");
        assertThat(count()).isEqualTo(2);
        assertThat(repo("forget", "0000").err()).contains("prodstack repo snapshots lists them");
    }

    @Test
    void nothingIsForgottenIfAllWouldBe() throws IOException {
        CommandRun.Outcome outcome = repo("forget", "--keep-tag", "none-has-it");
        assertThat(outcome.err()).contains("No snapshot would be left of: host ");
        assertThat(outcome.code()).isOne();
        assertThat(count()).isEqualTo(3);
    }

    @Test
    void prunesAsPlanned() {
        repo("forget", "--keep-last", "1");
        CommandRun.Outcome dry = repo("prune", "--max-unused", "0", "--dry-run");
        assertThat(dry.out()).contains("Would free ", "remove");
        assertThat(repo("prune", "--max-unused", "0", "-o", "json").out()).contains("\"action\": \"remove\"");
        assertThat(repo("prune").out()).contains("Freed 0 B, leaving 0 B unused");
        assertThat(repo("prune", "--max-unused", "lots").err()).contains("a limit cannot be understood");
    }

    @Test
    void copiesToASecond() throws IOException {
        String[] target = {"copy", "--to", "offsite", "--to-password-file", "pw2"};
        CommandRun.Outcome first = repo(with(target, "--init"));
        assertThat(first.err()).doesNotContain("error");
        assertThat(first.out()).contains("Copied 3 snapshots to ").doesNotContain("different places");
        assertThat(repo(with(target, "--dry-run")).out()).contains("Would copy 0 snapshots");
        assertThat(repo(with(target, "-o", "json")).out()).contains("\"present\": 3", "\"cut_alike\": true");
        try (Repository offsite = open("offsite", "another")) {
            assertThat(offsite.snapshots()).hasSize(3);
        }
    }

    private static String[] with(String[] words, String... more) {
        return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void changesPasswords() throws IOException {
        assertThat(repo("key", "add", "--new-password-file", "pw2").out()).startsWith("Added the key ");
        open("repository", "another").close();
        CommandRun.Outcome list = repo("key", "list", "-o", "json");
        assertThat(list.out()).contains("\"current\": true", "\"current\": false");
        String other = list.out().replaceAll("(?s).*\"id\": \"([0-9a-f]{8})[0-9a-f]*\",\\s+\"current\": false.*", "$1");
        assertThat(repo("key", "remove", other).out()).isEqualTo("Removed the key " + other + ".\n");
        assertThat(repo("key", "remove", other).code()).isOne();
        assertThat(repo("key", "passwd", "--new-password-file", "pw2").code()).isZero();
        assertThat(repo("key", "list").err()).contains("password is wrong");
        assertThat(repo("key", "turn").code()).isIn(1, 2);
    }

    @Test
    void aHeldLockHasItsExitCode() throws IOException {
        try (Repository opened = open("repository", "open sesame");
                HeldLock lock = opened.lockShared()) {
            lock.require();
            CommandRun.Outcome outcome = repo("prune");
            assertThat(outcome.err()).contains("is locked: a lock of process");
            assertThat(outcome.code()).isEqualTo(8);
            assertThat(repo("unlock").out()).isEqualTo("Removed 0 locks.\n");
            assertThat(repo("unlock", "--all").out()).isEqualTo("Removed 1 lock.\n");
            assertThat(repo("prune").code()).isZero();
        }
    }

    @Test
    void repairsTheIndex() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("repository/index"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        assertThat(repo("repair-index", "--dry-run").out()).contains("not in the index: pack ", "Would put right ");
        assertThat(repo("repair-index").out()).contains("Put right ");
        assertThat(repo("repair-index", "-o", "json").out()).contains("\"unlisted\": []");
    }

    @Test
    void onlyABucketIsRewound() {
        CommandRun.Outcome directory = repo("rewind", "--to", "2026-11-26 10:31");
        assertThat(directory.code()).isEqualTo(2);
        assertThat(directory.err()).contains("is not in S3", "only a bucket keeps versions");

        CommandRun.Outcome whenever = repo("rewind", "--to", "yesterday");
        assertThat(whenever.code()).isEqualTo(2);
        assertThat(whenever.err()).contains("--to cannot be \"yesterday\"");
    }

    @Test
    void aLockIsWaitedForWhereThatIsAsked() throws Exception {
        try (Repository opened = open("repository", "open sesame");
                HeldLock lock = opened.lockShared()) {
            CommandRun.Outcome refused = repo("prune", "--retry-lock", "600ms");
            assertThat(refused.code()).isEqualTo(8);
            assertThat(refused.err()).contains("is locked", "Waiting, as --retry-lock says.");
            lock.require();
        }
        assertThat(repo("prune", "--retry-lock", "1m").code()).isZero();
        assertThat(repo("prune", "--retry-lock", "soon").code()).isEqualTo(2);
    }
}
