package dev.prodstack.backup.repository;

import dev.prodstack.backup.blob.BlobKind;
import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.blob.DamagedException;
import dev.prodstack.backup.crypto.ForgedException;
import dev.prodstack.backup.crypto.MasterKey;
import dev.prodstack.backup.crypto.Scrypt;
import dev.prodstack.backup.index.BlobIndex;
import dev.prodstack.backup.index.BlobPlace;
import dev.prodstack.backup.index.IndexFile;
import dev.prodstack.backup.index.IndexedPack;
import dev.prodstack.backup.pack.Compression;
import dev.prodstack.backup.pack.PackFile;
import dev.prodstack.backup.pack.PackedBlob;
import dev.prodstack.backup.snapshot.Snapshot;
import dev.prodstack.backup.snapshot.SnapshotFile;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.storage.FileKind;
import dev.prodstack.backup.storage.Storage;
import dev.prodstack.backup.storage.StorageFile;
import dev.prodstack.backup.storage.cache.Cache;
import dev.prodstack.backup.tree.Tree;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** An open repository. Safe for many threads. */
public final class Repository implements AutoCloseable {
    private static final char[] NO_PASSWORD = {};

    private final Storage storage;
    private final MasterKey key;
    private final SealedFiles sealed;
    private final Config config;
    private final List<HeldLock> locks = new CopyOnWriteArrayList<>();
    private BlobIndex index = new BlobIndex();
    private volatile LockPatience patience = LockPatience.NONE;

    private StorageFile keyFile;

    private Repository(Storage storage, MasterKey key, StorageFile keyFile, Config config) {
        this.storage = storage;
        this.key = key;
        this.sealed = new SealedFiles(storage, key);
        this.keyFile = keyFile;
        this.config = config;
    }

    /**
     * Makes a new one.
     *
     * @throws IOException if there is one, or the storage fails
     */
    public static Repository init(Storage storage, char[] password) throws IOException {
        return init(storage, password, Scrypt.STANDARD);
    }

    /** Makes a new one whose password takes so much work to try. */
    public static Repository init(Storage storage, char[] password, Scrypt cost) throws IOException {
        requirePassword(password);
        return init(storage, password, cost, Config.random());
    }

    /**
     * Makes a new one that cuts files where another does, so that what is copied from there is found here by backups.
     */
    public static Repository initLike(Repository other, Storage storage, char[] password, Scrypt cost)
            throws IOException {
        requirePassword(password);
        return init(
                storage,
                password,
                cost,
                new Config(Config.random().id(), other.config().polynomial()));
    }

    /**
     * Makes a new one that anybody may read who gets at its files: sealed with the empty password, as restic does from
     * 0.17 on with {@code --insecure-no-password}. Still each change to a file is noticed that chance makes.
     */
    public static Repository initWithoutPassword(Storage storage) throws IOException {
        return init(storage, NO_PASSWORD, Scrypt.STANDARD, Config.random());
    }

    private static Repository init(Storage storage, char[] password, Scrypt cost, Config config) throws IOException {
        storage.create();
        if (storage.size(StorageFile.CONFIG).isPresent()
                || !SealedFiles.names(storage, FileKind.KEY).isEmpty()) {
            throw new IOException(
                    "There is a repository at " + storage.location() + " already. Open it, or choose another place.");
        }
        MasterKey key = MasterKey.random();
        byte[] keyFile = KeyFile.encode(key, password, cost, OffsetDateTime.now(ZoneId.systemDefault()));
        ContentId keyId = SealedFiles.save(storage, FileKind.KEY, keyFile);
        storage.save(StorageFile.CONFIG, ByteBuffer.wrap(key.seal(config.encode())));
        return new Repository(storage, key, new StorageFile(FileKind.KEY, keyId.toString()), config);
    }

    static void requirePassword(char[] password) {
        if (password.length == 0) {
            throw new IllegalArgumentException(
                    "A repository needs a password. One without must be asked for by that name.");
        }
    }

    /**
     * Opens one. Its index is read with {@link #loadIndex()}.
     *
     * @throws NoRepositoryException if there is none
     * @throws WrongPasswordException if no key opens with the password
     */
    public static Repository open(Storage storage, char[] password) throws IOException {
        return open(storage, password, Repository::refuse);
    }

    /**
     * Opens one that was made without a password.
     *
     * @throws WrongPasswordException if it has one
     */
    public static Repository openWithoutPassword(Storage storage) throws IOException {
        return open(storage, NO_PASSWORD);
    }

    /**
     * Opens one to save what can be saved: a configuration that is damaged is told of and done without. Nothing may be
     * written then, as chunks would be cut otherwise.
     */
    public static Repository open(Storage storage, char[] password, Damages damages) throws IOException {
        if (storage.size(StorageFile.CONFIG).isEmpty()) {
            throw new NoRepositoryException(storage.location());
        }
        Keys.Found found = Keys.find(storage, password);
        SealedFiles sealed = new SealedFiles(storage, found.key());
        Config config;
        try {
            config = Config.decode(sealed.config(), storage.location());
        } catch (DamagedException e) {
            damages.accept(StorageFile.CONFIG, e);
            config = Config.random();
        }
        return new Repository(storage, found.key(), found.file(), config);
    }

    /**
     * The same repository, with copies nearby of what is read often. This one is not to be used any more, and not to be
     * closed.
     */
    public Repository cached(Cache cache) {
        Repository cached = new Repository(cache.over(storage, config.id()), key, keyFile, config);
        cached.patience = patience;
        return cached;
    }

    /** Where it is. */
    public String location() {
        return storage.location();
    }

    /** What it is. */
    public Config config() {
        return config;
    }

    /** What holds its files. */
    public Storage storage() {
        return storage;
    }

    MasterKey key() {
        return key;
    }

    /** Its passwords. */
    public Keys keys() {
        return new Keys(this);
    }

    synchronized StorageFile keyFile() {
        return keyFile;
    }

    synchronized void useKeyFile(StorageFile file) {
        keyFile = file;
    }

    /** Where its blobs lie, as of the last {@link #loadIndex()} and what was written since. */
    public synchronized BlobIndex index() {
        return index;
    }

    /** Reads the index. List snapshots before it, so that what they need is in it. */
    public void loadIndex() throws IOException {
        loadIndex(Repository::refuse);
    }

    /** The same, going on without what is damaged or gone, of which it tells. */
    public void loadIndex(Damages damages) throws IOException {
        BlobIndex loaded = new BlobIndex();
        for (StorageFile file : files(FileKind.INDEX)) {
            try {
                loadIndex(file, loaded::add);
            } catch (DamagedException e) {
                damages.accept(file, e);
            }
        }
        synchronized (this) {
            index = loaded;
        }
    }

    /** Reads one file of the index. */
    public List<IndexedPack> loadIndex(StorageFile file) throws IOException {
        List<IndexedPack> packs = new ArrayList<>();
        loadIndex(file, packs::add);
        return packs;
    }

    private void loadIndex(StorageFile file, Consumer<IndexedPack> packs) throws IOException {
        sealed.decode(file, json -> {
            IndexFile.decode(json, packs);
            return packs;
        });
    }

    /** Stores a file of the index, unless there is nothing to say. */
    public void saveIndex(List<IndexedPack> packs) throws IOException {
        if (!packs.isEmpty()) {
            saveSealed(FileKind.INDEX, IndexFile.encode(packs));
        }
    }

    /** The blobs that a pack's own header lists. */
    public List<PackedBlob> blobs(ContentId pack, byte[] content) throws DamagedException {
        try {
            return PackFile.blobs(key, content, content.length);
        } catch (DamagedException e) {
            throw damaged(new StorageFile(FileKind.PACK, pack.toString()), e);
        }
    }

    /**
     * Reads what can be read of the index, and of packs that it does not name the lists at their ends. It takes a
     * request or two for each such pack.
     */
    public void salvageIndex(Damages damages) throws IOException {
        loadIndex(damages);
        List<Storage.Stored> packs;
        try (Stream<Storage.Stored> listed = storage.list(FileKind.PACK)) {
            packs = listed.filter(pack -> ContentId.isId(pack.file().name())).toList();
        }
        for (Storage.Stored pack : packs) {
            ContentId id = ContentId.parse(pack.file().name());
            if (!index().containsPack(id)) {
                try {
                    index().add(header(id, pack.size()));
                } catch (DamagedException e) {
                    damages.accept(pack.file(), e);
                }
            }
        }
    }

    /** The snapshots, oldest first. */
    public List<StoredSnapshot> snapshots() throws IOException {
        return snapshots(Repository::refuse);
    }

    /** The same, going on without those that are damaged, of which it tells. */
    public List<StoredSnapshot> snapshots(Damages damages) throws IOException {
        List<StoredSnapshot> snapshots = new ArrayList<>();
        for (StorageFile file : files(FileKind.SNAPSHOT)) {
            try {
                Snapshot snapshot = sealed.decode(file, SnapshotFile::decode);
                snapshots.add(new StoredSnapshot(ContentId.parse(file.name()), snapshot));
            } catch (NoSuchFileException goneSinceListed) {
                // Somebody has forgotten it.
            } catch (DamagedException e) {
                damages.accept(file, e);
            }
        }
        snapshots.sort(Comparator.comparing(stored -> stored.snapshot().time().toInstant()));
        return snapshots;
    }

    /** Stores a snapshot, all of whose blobs are stored and indexed. */
    public StoredSnapshot save(Snapshot snapshot) throws IOException {
        return new StoredSnapshot(saveSealed(FileKind.SNAPSHOT, SnapshotFile.encode(snapshot)), snapshot);
    }

    /**
     * Says for how long who wants a lock waits while others hold theirs; not at all unless it is said. For a lock whose
     * owner seems to be gone nobody waits.
     *
     * @param told is told once for each lock that is waited for
     */
    public void waitForLocks(Duration longest, Consumer<LockedException> told) {
        patience = new LockPatience(longest, told);
    }

    /**
     * Says that this process works on the repository, beside others that say so too.
     *
     * @throws LockedException if somebody removes from it, and goes on for longer than is waited
     */
    public HeldLock lockShared() throws IOException {
        return patience.take(this, false);
    }

    /**
     * Says that this process removes from the repository, which nobody else may work on meanwhile.
     *
     * @throws LockedException if somebody works on it, and goes on for longer than is waited
     */
    public HeldLock lockExclusive() throws IOException {
        return patience.take(this, true);
    }

    /** Removes the locks whose owners are gone, and says how many. */
    public int unlock() throws IOException {
        int removed = 0;
        for (StorageFile file : files(FileKind.LOCK)) {
            if (lock(file)
                    .filter(lock -> lock.stale(OffsetDateTime.now(ZoneId.systemDefault())))
                    .isPresent()) {
                storage.delete(file);
                removed++;
            }
        }
        return removed;
    }

    /** Removes every lock, even of who still works and will notice, and those that cannot be read; says how many. */
    public int unlockAll() throws IOException {
        List<StorageFile> files = files(FileKind.LOCK);
        for (StorageFile file : files) {
            storage.delete(file);
        }
        return files.size();
    }

    void hold(HeldLock lock) {
        locks.add(lock);
    }

    void release(HeldLock lock) {
        locks.remove(lock);
    }

    /** Throws if a lock that this repository took is lost, upon which nothing may be changed any more. */
    void requireLocks() throws LockLostException {
        for (HeldLock lock : locks) {
            lock.require();
        }
    }

    /** Removes a file, if no lock is lost. */
    public void remove(StorageFile file) throws IOException {
        requireLocks();
        storage.delete(file);
    }

    Optional<Lock> lock(StorageFile file) throws IOException {
        try {
            return Optional.of(sealed.decode(file, Lock::decode));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** The plain content of a blob, compared with its id. */
    public byte[] load(BlobKind kind, ContentId id) throws IOException {
        BlobPlace place = index().place(kind, id)
                .orElseThrow(() -> new DamagedException("The " + kind.word() + " blob " + id
                        + " is not in the index of the repository at " + location()
                        + ". If packs are there that no index names, repair index finds it."));
        StorageFile pack = new StorageFile(FileKind.PACK, place.pack().toString());
        Storage from = kind == BlobKind.TREE ? storage.forTrees() : storage;
        try {
            byte[] sealed = from.load(pack, place.blob().offset(), place.blob().length());
            return open(place.blob(), sealed);
        } catch (NoSuchFileException e) {
            throw new DamagedException(
                    "The pack " + pack + " of the repository at " + location() + " is missing, which holds the "
                            + kind.word() + " blob " + id + ".",
                    e);
        } catch (EOFException | DamagedException e) {
            throw damaged(pack, e);
        }
    }

    /** Takes notice of files that are damaged; may throw to end it. */
    public interface Damages {
        /** One is. */
        void accept(StorageFile file, DamagedException damage) throws IOException;
    }

    private static void refuse(StorageFile file, DamagedException damage) throws DamagedException {
        throw damage;
    }

    /** The blobs that a pack's own header lists, whatever the index says; its content is not looked at. */
    public IndexedPack header(ContentId pack, long size) throws IOException {
        StorageFile file = new StorageFile(FileKind.PACK, pack.toString());
        try {
            int most = (int) Math.min(size, 64 * 1024);
            byte[] tail = storage.load(file, size - most, most);
            if (most < PackFile.LENGTH_FIELD) {
                throw new DamagedException("has " + size + " bytes, which is too few");
            }
            int needed = PackFile.headerLength(tail, size) + PackFile.LENGTH_FIELD;
            byte[] enough = needed > most ? storage.load(file, size - needed, needed) : tail;
            return new IndexedPack(pack, PackFile.blobs(key, enough, size));
        } catch (EOFException | DamagedException e) {
            throw damaged(file, e);
        }
    }

    /** Opens a blob as it lies in its pack, and compares it with its id. */
    public byte[] open(PackedBlob blob, byte[] sealed) throws DamagedException {
        return open(blob, sealed, 0);
    }

    /** The same of a blob that lies at an offset of an array. */
    public byte[] open(PackedBlob blob, byte[] sealed, int offset) throws DamagedException {
        byte[] plain = new byte[Math.max(0, blob.plainLength())];
        open(blob, sealed, offset, plain);
        return plain;
    }

    /** Looks whether the blob at an offset of an array opens and is what its id says. */
    public void verify(PackedBlob blob, byte[] sealed, int offset) throws DamagedException {
        open(blob, sealed, offset, Scratch.ofThread().plain(Math.max(0, blob.plainLength())));
    }

    /** The same, into an array that has room for it. */
    public void open(PackedBlob blob, byte[] sealed, int offset, byte[] plain) throws DamagedException {
        try {
            if (blob.compressed()) {
                byte[] frame = Scratch.ofThread().frame(blob.length());
                int size = key.open(sealed, offset, blob.length(), frame);
                Compression.decompress(frame, size, plain, blob.uncompressed());
            } else {
                key.open(sealed, offset, blob.length(), plain);
            }
            if (!ContentId.of(plain, 0, blob.plainLength()).equals(blob.id())) {
                throw new DamagedException("is not what its id says");
            }
        } catch (ForgedException | DamagedException e) {
            throw new DamagedException(
                    "has a " + blob.kind().word() + " blob " + blob.id() + " that " + e.getMessage(), e);
        }
    }

    /** The list of a directory. */
    public Tree tree(ContentId id) throws IOException {
        return Tree.decode(load(BlobKind.TREE, id));
    }

    /** The files of a kind whose names are ids. */
    public List<StorageFile> files(FileKind kind) throws IOException {
        return SealedFiles.names(storage, kind);
    }

    /** Seals and stores JSON, if no lock is lost: an index or a snapshot, or another lock. */
    ContentId saveSealed(FileKind kind, byte[] json) throws IOException {
        if (kind != FileKind.LOCK) {
            requireLocks();
        }
        return sealed.save(kind, json);
    }

    /**
     * Seals and stores a file that has a name of its own, without a lock: nothing else depends on such files. Its name
     * is sealed with it, so that one cannot stand in for another. It is stored durably once this returns.
     */
    public void saveNamed(StorageFile file, byte[] content) throws IOException {
        storage.save(file, ByteBuffer.wrap(sealed.sealNamed(file, content)));
    }

    /** Loads what {@link #saveNamed} stored. */
    public byte[] loadNamed(StorageFile file) throws IOException {
        return sealed.openNamed(file, storage.load(file));
    }

    DamagedException damaged(StorageFile file, Exception cause) {
        return sealed.damaged(file, cause);
    }

    @Override
    public void close() throws IOException {
        storage.close();
    }
}
