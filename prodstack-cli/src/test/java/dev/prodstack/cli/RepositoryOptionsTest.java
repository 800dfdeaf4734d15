package dev.prodstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepositoryOptionsTest {
    @TempDir
    Path directory;

    @BeforeEach
    void init() throws IOException {
        run().file("pw", "open sesame\n");
        QuickRepository.init(directory.resolve("repository"), "open sesame").close();
    }

    private CommandRun run() {
        return CommandRun.in(directory);
    }

    @Test
    void aRepositoryIsMadeAndOpened() {
        CommandRun.Outcome made = run().run("repo", "init", "-r", "new", "--password-file", "pw");
        assertThat(made.err()).isEmpty();
        assertThat(made.code()).isZero();
        assertThat(made.out()).startsWith("Made the repository ");
        assertThat(run().run("repo", "snapshots", "-r", "new", "--password-file", "pw")
                        .code())
                .isZero();
    }

    @Test
    void thePasswordIsFoundInAFileACommandAndTheEnvironment() {
        String[] snapshots = {"repo", "snapshots", "-r", "repository"};
        assertThat(run().run("repo", "snapshots", "-r", "repository", "--password-file", "pw")
                        .code())
                .isZero();
        assertThat(run().run("repo", "snapshots", "-r", "repository", "--password-command", "cat pw")
                        .code())
                .isZero();
        assertThat(run().env("PRODSTACK_REPO_PASSWORD", "open sesame")
                        .run(snapshots)
                        .code())
                .isZero();
        assertThat(run().env("PRODSTACK_REPO_PASSWORD_FILE", "pw")
                        .run(snapshots)
                        .code())
                .isZero();
        assertThat(run().env("PRODSTACK_REPO_PASSWORD_COMMAND", "printf 'open sesame'")
                        .run(snapshots)
                        .code())
                .isZero();
        assertThat(run().env("RESTIC_PASSWORD_FILE", "pw")
                        .env("RESTIC_REPOSITORY", "repository")
                        .run("repo", "snapshots", "-o", "json")
                        .out())
                .isEqualTo("[]\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    snapshots                                          | 2 | no repository is named
                    snapshots -r repository                            | 2 | no password for the repository is given
                    snapshots -r repository --password-file none       | 1 | the password file none cannot be read: there is no such file
                    snapshots -r repository --password-command false   | 1 | the password command failed with exit code 1
                    snapshots -r repository --password-command true    | 2 | the password from the password command is empty
                    snapshots -r elsewhere --password-file pw          | 1 | There is no repository at
                    snapshots -r sftp:host:/x --password-file pw       | 2 | repositories at sftp: cannot be reached
                    snapshots -r s3:x --password-file pw               | 2 | --repo cannot be "s3:x": expected s3:https://server
                    snapshots -r s3://bucket/x --limit-upload fast --password-file pw | 2 | --limit-upload cannot be "fast": expected a size
                    init -r repository --password-file pw              | 1 | There is a repository at
                    """)
    void mistakesAreNamed(String line, int code, String message) {
        CommandRun.Outcome outcome = run().run(("repo " + line).split(" +"));
        assertThat(outcome.err()).startsWith("error: " + message);
        assertThat(outcome.code()).isEqualTo(code);
    }

    @Test
    void aWrongPasswordIsSaidAndNotShown() {
        CommandRun.Outcome outcome = run().env("PRODSTACK_REPO_PASSWORD", "guessed-it")
                .env("PRODSTACK_DEBUG", "1")
                .run("repo", "snapshots", "-r", "repository");
        assertThat(outcome.err()).contains("password").doesNotContain("guessed-it");
        assertThat(outcome.code()).isEqualTo(1);
    }

    @Test
    void aRepositoryWithoutPasswordIsAskedForByName() {
        assertThat(run().run("repo", "init", "-r", "open", "--insecure-no-password")
                        .code())
                .isZero();
        assertThat(run().run("repo", "snapshots", "-r", "open", "--insecure-no-password")
                        .code())
                .isZero();
        assertThat(run().env("PRODSTACK_REPO_PASSWORD", "")
                        .run("repo", "snapshots", "-r", "open")
                        .err())
                .contains("--insecure-no-password");
    }
}
