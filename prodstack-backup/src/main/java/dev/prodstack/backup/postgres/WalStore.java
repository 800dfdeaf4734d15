package dev.prodstack.backup.postgres;

import dev.prodstack.backup.browse.Entry;
import dev.prodstack.backup.browse.SnapshotFiles;
import dev.prodstack.backup.repository.HeldLock;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.server.Origin;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.source.StreamsSource;
import dev.prodstack.backup.storage.FileKind;
import dev.prodstack.backup.storage.Storage;
import dev.prodstack.backup.storage.StorageFile;
import dev.prodstack.backup.tree.NodeKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The log of one system in a repository: pieces beside the snapshots, and whole segments in snapshots of
 * {@code kind=wal}, where pieces go when they are {@linkplain #fold folded}.
 *
 * @param repository where
 * @param line whose
 */
public record WalStore(Repository repository, WalLine line) {
    /** What the label {@code kind} of snapshots with whole segments says. */
    public static final String KIND = "wal";

    static final String SYSTEM = "system=";

    /** Checks that nothing is missing. */
    public WalStore {
        Objects.requireNonNull(repository, "repository");
        Objects.requireNonNull(line, "line");
    }

    /** The logs of a stack of which there is something: pieces, or snapshots with segments. */
    public static List<WalStore> of(Repository repository, String stack) throws IOException {
        Set<WalLine> lines = new LinkedHashSet<>();
        try (Stream<Storage.Stored> listed = repository.storage().list(FileKind.WAL)) {
            listed.flatMap(stored -> WalLine.of(stored.file().name()).stream()).forEach(lines::add);
        }
        for (StoredSnapshot stored : repository.snapshots()) {
            Optional<String> service = Origin.label(stored.snapshot(), "service");
            Optional<String> system = Origin.label(stored.snapshot(), "system");
            if (stored.snapshot().tags().containsAll(List.of("kind=" + KIND, "stack=" + stack))
                    && service.isPresent()
                    && system.isPresent()) {
                lines.add(new WalLine(stack, service.get(), system.get()));
            }
        }
        return lines.stream()
                .filter(line -> line.stack().equals(stack))
                .map(line -> new WalStore(repository, line))
                .toList();
    }

    private StorageFile file(String end) {
        return new StorageFile(FileKind.WAL, line.prefix() + end);
    }

    /** Stores a piece durably. That it is there already is no error. */
    void save(WalPiece piece, byte[] content) throws IOException {
        saveOnce(piece.name(), content);
    }

    /** Stores a timeline's history. */
    void save(TimelineHistory history) throws IOException {
        saveOnce(TimelineHistory.file(history.timeline()), history.text().getBytes(StandardCharsets.UTF_8));
    }

    private void saveOnce(String end, byte[] content) throws IOException {
        try {
            repository.saveNamed(file(end), content);
        } catch (FileAlreadyExistsException e) {
            // An attempt before this one stored it, and did not get to know.
        }
    }

    /** Notes that the log begins anew at a place, with a gap before it. */
    void begin(int timeline, Lsn from) throws IOException {
        saveOnce(
                String.format(
                        Locale.ROOT, "%015d-%08X-%016X.begin", Instant.now().toEpochMilli(), timeline, from.at()),
                new byte[0]);
    }

    /** Where the log begins anew. */
    record Beginning(Instant noted, int timeline, Lsn from) {}

    /** Where the log last began anew. */
    Optional<Beginning> begun() throws IOException {
        return names().stream()
                .filter(name -> name.matches("\\d{15}-[0-9A-F]{8}-[0-9A-F]{16}\\.begin"))
                .max(Comparator.naturalOrder())
                .map(name -> new Beginning(
                        Instant.ofEpochMilli(Long.parseLong(name.substring(0, 15))),
                        Integer.parseUnsignedInt(name.substring(16, 24), 16),
                        new Lsn(Long.parseUnsignedLong(name.substring(25, 41), 16))));
    }

    /** The content of a piece. */
    byte[] load(WalPiece piece) throws IOException {
        return repository.loadNamed(file(piece.name()));
    }

    private List<String> names() throws IOException {
        try (Stream<Storage.Stored> listed = repository.storage().list(FileKind.WAL)) {
            return listed.map(stored -> stored.file().name())
                    .filter(name -> name.startsWith(line.prefix()))
                    .map(name -> name.substring(line.prefix().length()))
                    .toList();
        }
    }

    /** The pieces beside the snapshots, in the order of timelines and places. */
    public List<WalPiece> pieces() throws IOException {
        return names().stream()
                .flatMap(name -> WalPiece.parse(name).stream())
                .sorted(Comparator.comparingInt(WalPiece::timeline)
                        .thenComparing(WalPiece::start)
                        .thenComparing(WalPiece::end))
                .toList();
    }

    /** The histories that are stored, by timeline. */
    NavigableMap<Integer, TimelineHistory> histories() throws IOException {
        NavigableMap<Integer, TimelineHistory> histories = new TreeMap<>();
        for (String name : names()) {
            if (name.matches("[0-9A-F]{8}\\.history")) {
                int timeline = Integer.parseUnsignedInt(name.substring(0, 8), 16);
                String text = new String(repository.loadNamed(file(name)), StandardCharsets.UTF_8);
                histories.put(timeline, TimelineHistory.parse(timeline, text));
            }
        }
        return histories;
    }

    /** Whole segments in a snapshot: which file of which snapshot. */
    record Folded(StoredSnapshot snapshot, Entry entry, WalPiece piece) {}

    /** The segments that are in snapshots. The index must be loaded. */
    List<Folded> folded() throws IOException {
        List<Folded> segments = new ArrayList<>();
        for (StoredSnapshot snapshot : foldedSnapshots()) {
            Instant until = Origin.label(snapshot.snapshot(), "until")
                    .map(Instant::parse)
                    .orElse(Instant.EPOCH);
            SnapshotFiles.of(repository, snapshot).walk(entry -> {
                String name = entry.path().substring(entry.path().lastIndexOf('/') + 1);
                if (entry.node().kind() == NodeKind.FILE && name.matches("[0-9A-F]{24}")) {
                    Lsn start = Lsn.ofSegmentFile(name);
                    int timeline = Integer.parseUnsignedInt(name.substring(0, 8), 16);
                    segments.add(
                            new Folded(snapshot, entry, new WalPiece(timeline, start, start.plus(Lsn.SEGMENT), until)));
                }
                return true;
            });
        }
        return segments;
    }

    private List<StoredSnapshot> foldedSnapshots() throws IOException {
        return repository.snapshots().stream()
                .filter(stored -> stored.snapshot().tags().containsAll(List.of("kind=" + KIND, SYSTEM + line.system()))
                        && Origin.label(stored.snapshot(), "stack").equals(Optional.of(line.stack()))
                        && Origin.label(stored.snapshot(), "service").equals(Optional.of(line.service())))
                .toList();
    }

    /**
     * Where the log goes on: the end of what the server sent last; empty if there is none. That is not always the
     * highest place: a server that was set back sends what it sent before.
     */
    Optional<WalPiece> last() throws IOException {
        Comparator<WalPiece> order = Comparator.comparing(WalPiece::sent)
                .thenComparing(WalPiece::timeline)
                .thenComparing(WalPiece::end);
        Optional<WalPiece> beside = pieces().stream().max(order);
        if (beside.isPresent()) {
            return beside;
        }
        // Only then is the index worth its time.
        if (foldedSnapshots().isEmpty()) {
            return Optional.empty();
        }
        repository.loadIndex();
        return folded().stream().map(Folded::piece).max(order);
    }

    /**
     * Puts the pieces of segments that are whole into one snapshot, as the files that PostgreSQL has, and removes them
     * once it is stored. So they are found, checked, copied, forgotten and restored as everything else is, by restic
     * too. The newest segment stays in pieces, even if it is whole, so that a receiver finds where it was.
     *
     * @return the snapshot; empty if no segment is whole
     */
    public Optional<StoredSnapshot> fold(Origin origin) throws IOException, InterruptedException {
        List<WalPiece> pieces = pieces();
        Map<String, List<WalPiece>> segments = new LinkedHashMap<>();
        for (WalPiece piece : pieces) {
            segments.computeIfAbsent(piece.start().segmentFile(piece.timeline()), file -> new ArrayList<>())
                    .add(piece);
        }
        last().ifPresent(newest -> segments.remove(newest.start().segmentFile(newest.timeline())));
        segments.values().removeIf(parts -> !whole(parts));
        if (segments.isEmpty()) {
            return Optional.empty();
        }
        StreamsSource source = StreamsSource.in(origin.name(KIND));
        segments.forEach((file, parts) -> source.add(file, () -> new ByteArrayInputStream(join(parts))));
        for (TimelineHistory history : histories().values()) {
            source.add(
                    TimelineHistory.file(history.timeline()),
                    () -> new ByteArrayInputStream(history.text().getBytes(StandardCharsets.UTF_8)));
        }
        List<String> tags = new ArrayList<>(origin.tags(KIND));
        tags.add(SYSTEM + line.system());
        Instant until = segments.values().stream()
                .flatMap(List::stream)
                .map(WalPiece::sent)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        tags.add("until=" + until);
        StoredSnapshot stored =
                origin.backup(source, KIND).tagged(tags.toArray(String[]::new)).to(repository);
        remove(segments.values().stream().flatMap(List::stream).toList());
        return Optional.of(stored);
    }

    /** Removes pieces, such as those that no base backup needs any more. */
    public void remove(List<WalPiece> pieces) throws IOException {
        for (WalPiece piece : pieces) {
            repository.remove(file(piece.name()));
        }
    }

    private static boolean whole(List<WalPiece> parts) {
        Lsn at = parts.get(0).start().segmentStart();
        Lsn end = at.plus(Lsn.SEGMENT);
        for (WalPiece part : parts) {
            if (part.start().compareTo(at) > 0) {
                return false;
            }
            at = part.end().compareTo(at) > 0 ? part.end() : at;
        }
        return at.equals(end);
    }

    /** The bytes of one segment as far as its pieces reach, and zeros after them. */
    byte[] join(List<WalPiece> parts) throws IOException {
        byte[] segment = new byte[Lsn.SEGMENT];
        Lsn start = parts.get(0).start().segmentStart();
        for (WalPiece part : parts) {
            byte[] content = load(part);
            if (content.length != part.end().minus(part.start())) {
                throw new IOException("The piece " + part.name() + " of the log has " + content.length + " bytes, not "
                        + part.end().minus(part.start()) + ". Take another base backup.");
            }
            System.arraycopy(content, 0, segment, (int) part.start().minus(start), content.length);
        }
        return segment;
    }

    /** The bytes of a segment that is in a snapshot. */
    byte[] load(Folded segment) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream(Lsn.SEGMENT);
        SnapshotFiles.of(repository, segment.snapshot()).content(segment.entry().node(), content);
        return content.toByteArray();
    }

    /** Keeps others from removing what is read, and reads the index. */
    HeldLock reading() throws IOException {
        HeldLock lock = repository.lockShared();
        try {
            repository.loadIndex();
            return lock;
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }
}
