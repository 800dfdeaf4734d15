package dev.prodstack.backup.repository;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.blob.DamagedException;
import dev.prodstack.backup.crypto.MasterKey;
import dev.prodstack.backup.crypto.Scrypt;
import dev.prodstack.backup.storage.FileKind;
import dev.prodstack.backup.storage.Storage;
import dev.prodstack.backup.storage.StorageFile;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The passwords of a repository: each has a key file, which holds the one master key. Who has had a password can have
 * kept the master key, so removing a key keeps out only who has not used it.
 */
public final class Keys {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Repository repository;

    Keys(Repository repository) {
        this.repository = repository;
    }

    /**
     * What a password opened.
     *
     * @param key the master key
     * @param file the key file that held it
     */
    record Found(MasterKey key, StorageFile file) {}

    /**
     * Tries a password on one key file after another.
     *
     * @throws WrongPasswordException if it opens none
     * @throws DamagedException if it opens none, and a file is damaged that it might have opened
     */
    static Found find(Storage storage, char[] password) throws IOException {
        Optional<DamagedException> damaged = Optional.empty();
        List<StorageFile> files = SealedFiles.names(storage, FileKind.KEY);
        for (StorageFile file : files) {
            byte[] content = storage.load(file);
            if (!ContentId.of(content).toString().equals(file.name())) {
                damaged = Optional.of(new DamagedException("The file " + file + " of the repository at "
                        + storage.location() + " is damaged: it is not what its name says."));
                continue;
            }
            Optional<MasterKey> key = KeyFile.open(content, password, file + " at " + storage.location());
            if (key.isPresent()) {
                return new Found(key.get(), file);
            }
        }
        if (damaged.isPresent()) {
            throw damaged.get();
        }
        throw new WrongPasswordException(storage.location(), files.size());
    }

    /** All of them. */
    public List<StoredKey> list() throws IOException {
        List<StoredKey> keys = new ArrayList<>();
        for (StorageFile file : repository.files(FileKind.KEY)) {
            keys.add(read(file));
        }
        return keys;
    }

    private StoredKey read(StorageFile file) throws IOException {
        try {
            JsonNode json = JSON.readTree(repository.storage().load(file));
            return new StoredKey(
                    ContentId.parse(file.name()),
                    json.path("created").asText(""),
                    json.path("username").asText(""),
                    json.path("hostname").asText(""),
                    file.equals(repository.keyFile()));
        } catch (JacksonException e) {
            // Without the cause: it may quote what is secret.
            throw repository.damaged(file, new DamagedException("is no JSON"));
        }
    }

    /**
     * Lets another password open the repository.
     *
     * @return the id of its key
     */
    public ContentId add(char[] password, Scrypt cost) throws IOException {
        HeldLock lock = repository.lockShared();
        try (lock) {
            return write(password, cost);
        }
    }

    private ContentId write(char[] password, Scrypt cost) throws IOException {
        Repository.requirePassword(password);
        byte[] file = KeyFile.encode(repository.key(), password, cost, OffsetDateTime.now(ZoneId.systemDefault()));
        return SealedFiles.save(repository.storage(), FileKind.KEY, file);
    }

    /**
     * Removes a key: its password opens the repository no more.
     *
     * @throws IllegalArgumentException if there is no such key, or it is the one that the repository was opened with
     */
    public void remove(ContentId id) throws IOException {
        HeldLock lock = repository.lockExclusive();
        try (lock) {
            StoredKey key = list().stream()
                    .filter(stored -> stored.id().equals(id))
                    .findAny()
                    .orElseThrow(() -> new IllegalArgumentException("The repository at " + repository.location()
                            + " has no key " + id.brief() + ". List its keys to see which it has."));
            if (key.current()) {
                throw new IllegalArgumentException("The repository at " + repository.location()
                        + " was opened with the key " + id.brief()
                        + ". Open it with another password to remove that key.");
            }
            repository.remove(file(id));
        }
    }

    /**
     * Puts a new password in the place of the one that the repository was opened with.
     *
     * @return the id of the new key
     */
    public ContentId change(char[] password, Scrypt cost) throws IOException {
        HeldLock lock = repository.lockExclusive();
        try (lock) {
            ContentId id = write(password, cost);
            StorageFile old = repository.keyFile();
            repository.useKeyFile(file(id));
            repository.remove(old);
            return id;
        }
    }

    private static StorageFile file(ContentId id) {
        return new StorageFile(FileKind.KEY, id.toString());
    }
}
