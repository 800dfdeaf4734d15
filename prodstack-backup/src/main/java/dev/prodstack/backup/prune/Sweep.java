package dev.prodstack.backup.prune;

import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.index.IndexedPack;
import dev.prodstack.backup.pack.PackedBlob;
import dev.prodstack.backup.repository.BlobWriter;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.storage.FileKind;
import dev.prodstack.backup.storage.Storage;
import dev.prodstack.backup.storage.StorageFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Does what a plan says, under an exclusive lock, in an order that may end anywhere: at each moment every blob that a
 * snapshot needs is in a pack that an index names. First new packs, then the new index, then the old index goes, then
 * packs that no index names any more; those that none named before go first of all.
 */
public final class Sweep {
    private final Repository repository;
    private final Usage usage;
    private final PruneRules rules;
    private final PruneProgress progress;

    /** Of a repository that is locked since before its usage was read. */
    public Sweep(Repository repository, Usage usage, PruneRules rules, PruneProgress progress) {
        this.repository = repository;
        this.usage = usage;
        this.rules = rules;
        this.progress = progress;
    }

    /** Does it. */
    public void perform(PrunePlan plan) throws IOException, InterruptedException {
        List<ContentId> repacked = packs(plan, PrunePlan.Action.REPACK);
        List<ContentId> removed = packs(plan, PrunePlan.Action.REMOVE);
        // First what makes room at once, for what needs some.
        remove(plan.unreferenced().stream().map(Storage.Stored::file).toList());
        List<IndexedPack> fresh = repack(repacked);
        Set<ContentId> gone = new HashSet<>(usage.missing());
        gone.addAll(repacked);
        gone.addAll(removed);
        if (!gone.isEmpty()) {
            replaceIndex(gone, fresh);
        }
        remove(gone.stream()
                .filter(pack -> !usage.missing().contains(pack))
                .map(Sweep::file)
                .toList());
        repository.loadIndex();
    }

    private void remove(List<StorageFile> files) throws IOException {
        long done = 0;
        for (StorageFile file : files) {
            repository.remove(file);
            done++;
            progress.at(PruneProgress.Step.REMOVE, done, Optional.of((long) files.size()));
        }
    }

    private static List<ContentId> packs(PrunePlan plan, PrunePlan.Action action) {
        return plan.of(action).stream().map(decision -> decision.pack().pack()).toList();
    }

    private static StorageFile file(ContentId pack) {
        return new StorageFile(FileKind.PACK, pack.toString());
    }

    private List<IndexedPack> repack(List<ContentId> packs) throws IOException, InterruptedException {
        boolean compress = rules.repacked().contains(PruneRules.Repack.UNCOMPRESSED);
        BlobWriter writer = BlobWriter.beside(repository);
        RepackJob job = new RepackJob(repository, usage, writer, compress);
        job.run(packs, done -> progress.at(PruneProgress.Step.REPACK, done, Optional.of((long) packs.size())));
        return writer.finishUnindexed();
    }

    /** Writes those index files anew that name a pack which goes. */
    private void replaceIndex(Set<ContentId> gone, List<IndexedPack> fresh) throws IOException {
        List<StorageFile> old = new ArrayList<>();
        List<IndexedPack> batch = new ArrayList<>(fresh);
        Set<ContentId> written = new HashSet<>();
        for (StorageFile file : repository.files(FileKind.INDEX)) {
            List<IndexedPack> packs = repository.loadIndex(file);
            if (packs.stream().map(IndexedPack::id).noneMatch(gone::contains)) {
                continue;
            }
            old.add(file);
            for (IndexedPack pack : packs) {
                if (!gone.contains(pack.id()) && written.add(pack.id())) {
                    batch.add(pack);
                }
            }
            if (batch.stream()
                            .map(IndexedPack::blobs)
                            .mapToInt(List<PackedBlob>::size)
                            .sum()
                    >= BlobWriter.MOST_INDEXED) {
                repository.saveIndex(batch);
                batch.clear();
            }
        }
        repository.saveIndex(batch);
        long done = 0;
        for (StorageFile file : old) {
            repository.remove(file);
            done++;
            progress.at(PruneProgress.Step.INDEX, done, Optional.of((long) old.size()));
        }
    }
}
