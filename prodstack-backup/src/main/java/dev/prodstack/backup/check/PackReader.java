package dev.prodstack.backup.check;

import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.blob.DamagedException;
import dev.prodstack.backup.index.IndexedPack;
import dev.prodstack.backup.pack.PackedBlob;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.storage.Storage;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one pack whole: is it what its name says, does its header open, is each blob what its id says. */
final class PackReader {
    private final Repository repository;

    PackReader(Repository repository) {
        this.repository = repository;
    }

    /**
     * What is wrong.
     *
     * @param reason continues the pack's name
     * @param lost the blobs that cannot be had from it
     */
    record Fault(String reason, List<PackedBlob> lost) {}

    /** The fault of a pack, if it has one. */
    Optional<Fault> read(Storage.Stored pack, List<PackedBlob> indexed) throws IOException {
        byte[] content;
        try {
            content = repository.storage().load(pack.file());
        } catch (NoSuchFileException | EOFException e) {
            return Optional.of(new Fault("is gone since it was listed", indexed));
        }
        List<String> reasons = new ArrayList<>();
        ContentId id = ContentId.parse(pack.file().name());
        if (!ContentId.of(content).equals(id)) {
            reasons.add("is not what its name says");
        }
        List<PackedBlob> blobs = indexed;
        try {
            IndexedPack header = repository.header(id, content.length);
            Set<PackedBlob> listed = new HashSet<>(header.blobs());
            if (!listed.containsAll(indexed)) {
                reasons.add("has a header that does not list what the index says is in it");
            }
            blobs = indexed.isEmpty() ? header.blobs() : indexed;
        } catch (DamagedException e) {
            reasons.add("has a header that cannot be read");
        }
        List<PackedBlob> lost = new ArrayList<>();
        for (PackedBlob blob : blobs) {
            if (!whole(blob, content)) {
                lost.add(blob);
            }
        }
        return reasons.isEmpty() && lost.isEmpty()
                ? Optional.empty()
                : Optional.of(new Fault(String.join(", ", reasons), lost));
    }

    private boolean whole(PackedBlob blob, byte[] content) {
        if (blob.end() > content.length) {
            return false;
        }
        try {
            repository.verify(blob, content, blob.offset());
            return true;
        } catch (DamagedException e) {
            return false;
        }
    }
}
