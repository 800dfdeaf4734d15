package dev.prodstack.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files that are hard to back up and restore, made and described by the system's own programs. */
public final class AwkwardFiles {
    private static final String MAKE = """
            set -e
            umask 022
            mkdir -p plain/below empty-directory locked
            printf 'hello\\n' > plain/file
            printf '#!/bin/sh\\n' > plain/program; chmod 755 plain/program
            : > empty
            head -c 3000000 /dev/urandom > random
            ln random 'second name of random'
            ln random plain/below/third
            ln -s plain/file link
            ln -s /nowhere/at/all 'dangling link'
            ln -s 'plain/' 'link with a slash'
            ln -s "$(printf 'n\\377t utf-8')" 'link to bytes'
            mkfifo -m 640 pipe
            truncate -s 40M sparse
            printf 'end' | dd of=sparse conv=notrunc bs=1M seek=20 status=none
            printf 'x' > set-id; chmod 6751 set-id
            mkdir sticky; chmod 1777 sticky
            printf 'x' > "$(printf 'n\\377t utf-8 \\303\\251 \\t')"
            printf 'x' > 'quote " back \\ apostrophe'"'"' <&>'
            printf 'x' > "$(printf 'new\\nline')"
            printf 'x' > "$(head -c 255 /dev/zero | tr '\\0' n)"
            long=$(head -c 200 /dev/zero | tr '\\0' d)
            ( for i in $(seq 15); do mkdir "$long"; cd "$long"; done; printf 'deep' > deep )
            printf 'x' > read-only; chmod 000 read-only
            printf 'x' > locked/file; chmod 500 locked
            printf 'x' > marked
            touch -d '2001-02-03 04:05:06.123456789 UTC' plain/file
            touch -h -d '2011-02-03 04:05:06.987654321 UTC' link
            touch -d '2021-02-03 04:05:06.000000001 UTC' pipe sticky plain/below
            [ "$(id -u)" != 0 ] || { chown -h 12345:54321 plain/program link pipe set-id sticky; chmod 6751 set-id; }
            """;

    private static final String DESCRIBE = """
            find . -mindepth 1 \\( -type d -printf '%P|%y|%m|%U:%G|%T@\\0' \\) -o \\
                -printf '%P|%y|%m|%U:%G|%T@|%s|%n|%l\\0' | sort -z | tr '\\0' '\\n' | sed 's/d\\{200\\}/D/g'
            find . -type f -print0 | sort -z | xargs -0 sha256sum | sed 's/d\\{200\\}/D/g'
            getfattr -R -P -h -d -m - -e base64 . 2>/dev/null || true
            """;

    private AwkwardFiles() {}

    /** Makes them in a directory that is there. */
    public static void make(Path directory) throws IOException, InterruptedException {
        bash(directory, MAKE);
        mark(directory.resolve("marked"), "user.origin", "a value");
        mark(directory.resolve("plain"), "user.note", "x");
    }

    private static void mark(Path file, String name, String value) throws IOException {
        Files.setAttribute(file, "user:" + name.substring(5), value.getBytes(StandardCharsets.UTF_8));
    }

    /** Every name with its kind, mode, owner, times, content and attributes, a line each. */
    public static List<String> describe(Path directory) throws IOException, InterruptedException {
        return bash(directory, DESCRIBE).lines().toList();
    }

    /** Runs a script in a directory, and gives what it prints. */
    public static String bash(Path directory, String script) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", script)
                .directory(directory.toFile())
                .redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
