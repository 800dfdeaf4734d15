package dev.prodstack.cli;

import dev.prodstack.backup.Backup;
import dev.prodstack.backup.chunk.FixedChunker;
import dev.prodstack.backup.pack.Compression;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.snapshot.SnapshotSummary;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.source.DirectorySource;
import dev.prodstack.backup.source.Source;
import dev.prodstack.backup.source.StreamSource;
import dev.prodstack.backup.source.Unread;
import dev.prodstack.backup.tar.TarSource;
import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.outcome.Counted;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.core.value.ByteSize;
import dev.prodstack.core.value.Data;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code prodstack repo backup}. */
@Command(
        name = "backup",
        header = "Back up directories, files or a stream.",
        description = {
            "prodstack repo backup /srv/shop --tag nightly",
            "prodstack repo backup /etc/shop /srv/shop --exclude '*.tmp'",
            "pg_dump shop | prodstack repo backup --stdin shop.sql",
            "docker cp web:/data - | prodstack repo backup --stdin-tar web-data",
        },
        customSynopsis = "prodstack repo backup PATH... | --stdin NAME | --stdin-tar NAME [OPTIONS]",
        footer = {
            "What could not be read is listed, the rest is stored, and the command fails (1).",
            "In a pipe, use set -o pipefail: a dump that fails half-way looks like a short one.",
        })
final class RepoBackupCommand extends RepositoryAction {
    @Parameters(
            arity = "0..*",
            paramLabel = "PATH",
            description = "Directories, or files; several become one snapshot.")
    private List<String> paths = new ArrayList<>();

    @Option(names = "--stdin", paramLabel = "NAME", description = "Store standard input as a file of this name.")
    private Optional<String> stream = Optional.empty();

    @Option(
            names = "--stdin-tar",
            paramLabel = "NAME",
            description = "Store the files of the tar stream on standard input; the name is for lists.")
    private Optional<String> tar = Optional.empty();

    @Option(names = "--tag", paramLabel = "TAG", description = "A label of the snapshot; repeatable.")
    private List<String> tags = new ArrayList<>();

    @Option(names = "--host", paramLabel = "NAME", description = "What the snapshot says where. By default this host.")
    private Optional<String> host = Optional.empty();

    @Option(
            names = {"-e", "--exclude"},
            paramLabel = "PATTERN",
            description = "Leave out what matches, such as '*.tmp' or /srv/**/cache; repeatable.")
    private List<String> exclude = new ArrayList<>();

    @Option(names = "--compression", paramLabel = "HOW", description = "off, auto or max. By default auto.")
    private String compression = "auto";

    @Option(
            names = "--page-size",
            paramLabel = "SIZE",
            description =
                    "Cut files in pieces of this size, such as 64K: for database files, whose pages change in place.")
    private Optional<String> pages = Optional.empty();

    @Option(
            names = "--no-extra-verify",
            description = "Do not open each piece again before it is stored: quicker, but what a faulty memory makes of"
                    + " it is only found by check --read-data or a restore.")
    private boolean unverified;

    RepoBackupCommand() {}

    @Override
    ExitCode run(Context context, Repository opened) throws IOException, InterruptedException {
        OutputFormat format = context.format(OutputFormat.TABLE, OutputFormat.JSON);
        AtomicLong missing = new AtomicLong();
        Backup backup = Backup.of(source(context))
                .tagged(tags.toArray(String[]::new))
                .compressed(compression())
                .showing(new RepositoryProgress(context, "read"))
                .telling(unread -> {
                    tell(context, unread);
                    missing.addAndGet(unread.kind() == Unread.Kind.MISSING ? 1 : 0);
                });
        Backup read = unverified ? backup.withoutReadingBack() : backup;
        StoredSnapshot stored = (host.isPresent() ? read.onHost(host.get()) : read).to(opened);
        context.results().print(format == OutputFormat.JSON ? format.print(SnapshotData.of(stored)) : text(stored));
        if (missing.get() > 0) {
            throw Failure.failed(
                    Counted.of(missing.get(), "file") + " could not be read and " + (missing.get() == 1 ? "is" : "are")
                            + " not in the snapshot",
                    "look at the messages above; the rest is stored");
        }
        return ExitCode.DONE;
    }

    private Source source(Context context) {
        int ways = (paths.isEmpty() ? 0 : 1) + (stream.isPresent() ? 1 : 0) + (tar.isPresent() ? 1 : 0);
        if (ways != 1) {
            throw Failure.usage("one thing is backed up at a time", "give PATHs, --stdin or --stdin-tar");
        }
        Optional<FixedChunker> cut = pages.map(RepoBackupCommand::chunker);
        try {
            if (stream.isPresent()) {
                StreamSource source =
                        StreamSource.named(stream.get(), context.surroundings().in());
                return cut.isPresent() ? source.cutBy(cut.get()) : source;
            }
            if (tar.isPresent()) {
                TarSource source =
                        TarSource.named(tar.get(), context.surroundings().in());
                return cut.isPresent() ? source.cutBy(cut.get()) : source;
            }
            Path here = context.surroundings().workingDirectory();
            DirectorySource source = DirectorySource.at(
                            paths.stream().map(here::resolve).toList())
                    .excluding(exclude);
            return cut.isPresent() ? source.cutBy(cut.get()) : source;
        } catch (IllegalArgumentException e) {
            throw Failure.usage("the command line makes no sense: " + e.getMessage(), "correct it");
        }
    }

    private static FixedChunker chunker(String size) {
        return new FixedChunker(Math.toIntExact(ByteSize.parse(size).bytes()));
    }

    private Compression compression() {
        try {
            return Compression.valueOf(compression.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw Failure.usage("option --compression cannot be \"" + compression + "\"", "use off, auto or max");
        }
    }

    private static void tell(Context context, Unread unread) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("path", Data.of(unread.path()));
        fields.put("unread", Data.of(unread.kind().toString().toLowerCase(Locale.ROOT)));
        fields.put("message", Data.of(unread.reason()));
        context.messages().progress(unread.path() + " " + unread.reason(), fields);
    }

    private static String text(StoredSnapshot stored) {
        SnapshotSummary summary = stored.snapshot().summary().orElseThrow();
        return Counted.of(summary.files().total(), "file") + ", " + Sizes.of(summary.bytesProcessed()) + ": "
                + summary.files().added() + " new, " + summary.files().changed() + " changed, "
                + summary.files().unmodified() + " unmodified; " + Sizes.of(summary.dataAdded())
                + " new, stored in " + Sizes.of(summary.dataAddedPacked()) + ".\nSnapshot "
                + stored.id().brief() + "\n";
    }
}
