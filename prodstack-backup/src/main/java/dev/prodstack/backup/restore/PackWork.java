package dev.prodstack.backup.restore;

import dev.prodstack.backup.blob.BlobKind;
import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.blob.DamagedException;
import dev.prodstack.backup.pack.PackedBlob;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.storage.FileKind;
import dev.prodstack.backup.storage.StorageFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is taken from one pack: read in few long parts, each blob opened once for all the files that have it. */
final class PackWork {
    /** As much as is read for nothing rather than asked for anew. */
    private static final int MOST_GAP = 256 * 1024;

    private static final int MOST_PART = 16 * 1024 * 1024;

    private final ContentId pack;
    private final List<Use> uses = new ArrayList<>();
    private byte[] plain = {};

    PackWork(ContentId pack) {
        this.pack = pack;
    }

    /** A blob, and a place in a file where its content goes. */
    record Use(PackedBlob blob, RestoredFile file, long offset) {}

    /** Takes what was read, or why it could not be. */
    interface Receiver {
        /** Takes the first bytes of an array, which is used for the next piece after that. */
        void piece(Use use, byte[] content, int length);

        void lost(Use use, IOException why);
    }

    void add(Use use) {
        uses.add(use);
    }

    /**
     * Reads.
     *
     * @throws IOException if the storage fails, so that it is of no use to go on
     */
    void run(Repository repository, Receiver receiver) throws IOException {
        uses.sort(Comparator.comparingInt(use -> use.blob().offset()));
        int from = 0;
        while (from < uses.size()) {
            int start = uses.get(from).blob().offset();
            int end = uses.get(from).blob().end();
            int to = from + 1;
            while (to < uses.size()) {
                PackedBlob next = uses.get(to).blob();
                if (next.offset() > end + MOST_GAP || Math.max(end, next.end()) - start > MOST_PART) {
                    break;
                }
                end = Math.max(end, next.end());
                to++;
            }
            part(repository, receiver, uses.subList(from, to), start, end);
            from = to;
        }
        plain = new byte[0];
    }

    private void part(Repository repository, Receiver receiver, List<Use> blobs, int start, int end)
            throws IOException {
        byte[] part;
        try {
            part = repository.storage().load(new StorageFile(FileKind.PACK, pack.toString()), start, end - start);
        } catch (NoSuchFileException | EOFException e) {
            singly(repository, receiver, blobs);
            return;
        }
        int at = 0;
        while (at < blobs.size()) {
            PackedBlob blob = blobs.get(at).blob();
            int same = at;
            while (same < blobs.size() && blobs.get(same).blob().equals(blob)) {
                same++;
            }
            List<Use> its = blobs.subList(at, same);
            try {
                byte[] content = room(blob.plainLength());
                repository.open(blob, part, blob.offset() - start, content);
                its.forEach(use -> receiver.piece(use, content, blob.plainLength()));
            } catch (DamagedException e) {
                DamagedException named = new DamagedException("the pack " + pack + " " + e.getMessage(), e);
                its.forEach(use -> receiver.lost(use, named));
            }
            at = same;
        }
    }

    private byte[] room(int size) {
        if (plain.length < size) {
            plain = new byte[size];
        }
        return plain;
    }

    /** The pack is gone, or ends early: what is before its end can be had. */
    private static void singly(Repository repository, Receiver receiver, List<Use> blobs) throws IOException {
        for (Use use : blobs) {
            try {
                byte[] content = repository.load(BlobKind.DATA, use.blob().id());
                receiver.piece(use, content, content.length);
            } catch (DamagedException e) {
                receiver.lost(use, e);
            }
        }
    }
}
