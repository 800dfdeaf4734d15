package dev.prodstack.backup.repository;

import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.blob.DamagedException;
import dev.prodstack.backup.crypto.ForgedException;
import dev.prodstack.backup.crypto.MasterKey;
import dev.prodstack.backup.pack.Compression;
import dev.prodstack.backup.storage.FileKind;
import dev.prodstack.backup.storage.Storage;
import dev.prodstack.backup.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of a repository that are sealed whole, each called after what it holds: indexes, snapshots and locks, which
 * are JSON, compressed or not. Also the configuration, which has a name of its own.
 */
final class SealedFiles {
    private static final int MOST_UNPACKED = 512 * 1024 * 1024;
    private static final byte COMPRESSED = 2;

    private final Storage storage;
    private final MasterKey key;

    SealedFiles(Storage storage, MasterKey key) {
        this.storage = storage;
        this.key = key;
    }

    /** What JSON means. */
    interface Decoder<T> {
        T decode(byte[] json) throws DamagedException;
    }

    /** The files of a kind whose names are ids. */
    static List<StorageFile> names(Storage storage, FileKind kind) throws IOException {
        try (Stream<Storage.Stored> listed = storage.list(kind)) {
            return listed.map(Storage.Stored::file)
                    .filter(file -> ContentId.isId(file.name()))
                    .toList();
        }
    }

    /** Stores a file under the id of its bytes as they are. */
    static ContentId save(Storage storage, FileKind kind, byte[] content) throws IOException {
        ContentId id = ContentId.of(content);
        storage.save(new StorageFile(kind, id.toString()), ByteBuffer.wrap(content));
        return id;
    }

    /** Compresses, seals and stores JSON. */
    ContentId save(FileKind kind, byte[] json) throws IOException {
        byte[] frame = Compression.AUTO.compress(json, 0, json.length);
        byte[] marked = new byte[frame.length + 1];
        marked[0] = COMPRESSED;
        System.arraycopy(frame, 0, marked, 1, frame.length);
        return save(storage, kind, key.seal(marked));
    }

    /** The configuration's JSON, which is never compressed. */
    byte[] config() throws IOException {
        return open(StorageFile.CONFIG, storage.load(StorageFile.CONFIG));
    }

    /** Loads and opens JSON, and compares the file with its name. */
    byte[] load(StorageFile file) throws IOException {
        byte[] content = storage.load(file);
        byte[] plain = open(file, content);
        if (!ContentId.of(content).toString().equals(file.name())) {
            throw damaged(file, new DamagedException("is not what its name says"));
        }
        try {
            boolean json = plain.length > 0 && (plain[0] == '{' || plain[0] == '[');
            if (!json && (plain.length == 0 || plain[0] != COMPRESSED)) {
                throw new DamagedException("begins with neither JSON nor the mark of compressed JSON");
            }
            return json ? plain : Compression.decompressAtMost(plain, 1, MOST_UNPACKED);
        } catch (DamagedException e) {
            throw damaged(file, e);
        }
    }

    /** Loads JSON and decodes it; what is wrong with it is said of the file. */
    <T> T decode(StorageFile file, Decoder<T> decoder) throws IOException {
        byte[] json = load(file);
        try {
            return decoder.decode(json);
        } catch (DamagedException e) {
            throw damaged(file, e);
        }
    }

    /** Compresses and seals a file with its name, and opens it again, as memory may be faulty. */
    byte[] sealNamed(StorageFile file, byte[] content) throws IOException {
        byte[] name = file.name().getBytes(StandardCharsets.UTF_8);
        ByteBuffer plain = ByteBuffer.allocate(Short.BYTES + name.length + content.length);
        plain.putShort((short) name.length).put(name).put(content);
        byte[] sealed = key.seal(Compression.AUTO.compress(plain.array(), 0, plain.capacity()));
        if (!Arrays.equals(openNamed(file, sealed), content)) {
            throw new IOException("The file " + file + " could not be read back after it was sealed, before it was"
                    + " stored. The memory or processor of this machine may be faulty; nothing wrong was stored.");
        }
        return sealed;
    }

    byte[] openNamed(StorageFile file, byte[] content) throws DamagedException {
        byte[] frame = open(file, content);
        byte[] name = file.name().getBytes(StandardCharsets.UTF_8);
        try {
            ByteBuffer plain = ByteBuffer.wrap(Compression.decompressAtMost(frame, 0, MOST_UNPACKED));
            byte[] found = new byte[Math.min(plain.getShort(), plain.remaining())];
            plain.get(found);
            if (!Arrays.equals(found, name)) {
                throw new DamagedException("is another file under its name");
            }
            byte[] rest = new byte[plain.remaining()];
            plain.get(rest);
            return rest;
        } catch (DamagedException e) {
            throw damaged(file, e);
        }
    }

    private byte[] open(StorageFile file, byte[] content) throws DamagedException {
        try {
            return key.open(content);
        } catch (ForgedException e) {
            throw damaged(file, e);
        }
    }

    /**
     * Says of a file that it is damaged.
     *
     * @param cause how; its message goes on after "it"
     */
    DamagedException damaged(StorageFile file, Exception cause) {
        return new DamagedException(
                "The file " + file + " of the repository at " + storage.location() + " is damaged: it "
                        + cause.getMessage() + ".",
                cause);
    }
}
