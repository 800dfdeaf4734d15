package dev.prodstack.backup;

import dev.prodstack.backup.repair.IndexRepair;
import dev.prodstack.backup.repair.IndexReport;
import dev.prodstack.backup.repository.HeldLock;
import dev.prodstack.backup.repository.Repository;
import java.io.IOException;

/** Makes the index tell what packs there are: {@code RepairIndex.QUICK.of(repository)}. */
public enum RepairIndex {
    /** Reads the headers of packs that the index does not name, or names wrongly. */
    QUICK,
    /** Reads the headers of all packs, and believes nothing of the index. */
    THOROUGH;

    /** What would be done; changes nothing. */
    public IndexReport plan(Repository repository) throws IOException, InterruptedException {
        HeldLock lock = repository.lockShared();
        try (lock) {
            return new IndexRepair(repository, this == THOROUGH).examine();
        }
    }

    /** Does it. Killed meanwhile, the old index is there or the new, or both, which agree. */
    public IndexReport of(Repository repository) throws IOException, InterruptedException {
        HeldLock lock = repository.lockExclusive();
        try (lock) {
            return new IndexRepair(repository, this == THOROUGH).perform();
        }
    }
}
