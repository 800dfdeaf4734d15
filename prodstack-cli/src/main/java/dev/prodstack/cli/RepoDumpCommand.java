package dev.prodstack.cli;

import dev.prodstack.backup.archive.Archive;
import dev.prodstack.backup.archive.ArchiveFormat;
import dev.prodstack.backup.browse.Entry;
import dev.prodstack.backup.browse.SnapshotFiles;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.snapshot.SnapshotName;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.tree.NodeKind;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.outcome.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code prodstack repo dump}. */
@Command(
        name = "dump",
        header = "Write a file of a snapshot, or a directory as an archive.",
        description = {
            "prodstack repo dump latest:/shop.sql | psql shop       one file",
            "prodstack repo dump latest:/srv/shop | tar -tf -       a directory as tar",
            "prodstack repo dump latest --to shop.tar.zst           all of a snapshot",
            "prodstack repo dump latest --to shop.tar.zst.gpg --encrypt-with pw",
        },
        customSynopsis = "prodstack repo dump SNAPSHOT[:PATH] [--to FILE] [OPTIONS]",
        footer = {
            "An archive is opened without prodstack: gpg --decrypt shop.tar.zst.gpg | zstd -dc |",
            "tar --acls --xattrs -xpf -",
        })
final class RepoDumpCommand extends ReadingAction {
    @Parameters(paramLabel = "SNAPSHOT[:PATH]", description = "latest, or the first digits of an id.")
    private String name = SnapshotName.LATEST;

    @Option(
            names = "--to",
            paramLabel = "FILE",
            description =
                    "Write a file in place of standard output; .tar, .tar.gz or .tar.zst say how it is compressed.")
    private Optional<String> to = Optional.empty();

    @Option(
            names = "--archive",
            paramLabel = "FORMAT",
            description = "tar, tar.gz or tar.zst. By default what the file's name says, or tar.")
    private Optional<String> archive = Optional.empty();

    @Option(
            names = "--encrypt-with",
            paramLabel = "FILE",
            description = "Encrypt with the password in this file, as gpg --decrypt opens it.")
    private Optional<String> encryption = Optional.empty();

    @Mixin
    private SnapshotOptions snapshots = new SnapshotOptions();

    RepoDumpCommand() {}

    @Override
    ExitCode read(Context context, Repository opened) throws IOException {
        SnapshotName wanted = SnapshotOptions.name(name);
        ArchiveFormat format = format();
        StoredSnapshot snapshot = snapshots.snapshot(opened, wanted);
        opened.loadIndex();
        SnapshotFiles files = SnapshotFiles.of(opened, snapshot);
        Dump dump = dump(context, files, wanted, snapshot, format);
        if (to.isPresent()) {
            toFile(context.surroundings().workingDirectory().resolve(to.get()), dump);
            return ExitCode.DONE;
        }
        try {
            dump.to(context.surroundings().out());
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).contains("Broken pipe")) {
                throw e;
            }
        }
        return ExitCode.DONE;
    }

    private interface Dump {
        void to(OutputStream out) throws IOException;
    }

    private Dump dump(
            Context context, SnapshotFiles files, SnapshotName wanted, StoredSnapshot snapshot, ArchiveFormat format)
            throws IOException {
        Archive whole = Archive.of(files)
                .as(format)
                .telling((path, reason) -> context.messages().note(path + " " + reason));
        Archive sealed = encryption.isPresent() ? whole.encrypted(password(context)) : whole;
        if (wanted.path().equals("/")) {
            return sealed::to;
        }
        Entry entry = files.find(wanted.path()).orElseThrow(() -> RepoLsCommand.missing(wanted, snapshot));
        if (entry.node().kind() == NodeKind.DIRECTORY) {
            return sealed.below(entry)::to;
        }
        if (entry.node().kind() != NodeKind.FILE || encryption.isPresent()) {
            throw Failure.failed(
                    wanted.path() + (encryption.isPresent() ? " is a file, and archives are encrypted" : " is no file"),
                    "name the directory that it is in");
        }
        return out -> files.content(entry.node(), out);
    }

    private char[] password(Context context) throws IOException {
        return new RepositoryPassword(context.surroundings()).read(encryption, Optional.empty());
    }

    private ArchiveFormat format() {
        if (archive.isEmpty()) {
            return to.flatMap(ArchiveFormat::ofName).orElse(ArchiveFormat.TAR);
        }
        return Arrays.stream(ArchiveFormat.values())
                .filter(format -> format.ending().equals("." + archive.get()))
                .findAny()
                .orElseThrow(() -> Failure.usage(
                        "option --archive cannot be \"" + archive.get() + "\"", "use tar, tar.gz or tar.zst"));
    }

    /** Whole or not at all, and for its owner alone. */
    private static void toFile(Path file, Dump dump) throws IOException {
        Path beside = file.resolveSibling("." + file.getFileName() + ".part");
        Files.deleteIfExists(beside);
        Files.createFile(beside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            try (OutputStream out = Files.newOutputStream(beside, StandardOpenOption.WRITE)) {
                dump.to(out);
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
