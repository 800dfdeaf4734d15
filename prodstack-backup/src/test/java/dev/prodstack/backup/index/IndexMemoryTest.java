package dev.prodstack.backup.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.backup.blob.BlobKind;
import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.pack.PackedBlob;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class IndexMemoryTest {
    private static final int BLOBS = 10_000_000;
    private static final int IN_A_PACK = 250;
    private static final int MOST_BYTES_EACH = 60;

    @Test
    @Tag("engine")
    void tenMillionBlobsTakeAtMostSixtyBytesEach() {
        long before = used();
        BlobIndex index = new BlobIndex();
        SplittableRandom chance = new SplittableRandom(43);
        for (int i = 0; i < BLOBS / IN_A_PACK; i++) {
            List<PackedBlob> blobs = new ArrayList<>();
            for (int blob = 0; blob < IN_A_PACK; blob++) {
                blobs.add(new PackedBlob(id(chance), BlobKind.DATA, blob * 100, 100, 150));
            }
            index.add(new IndexedPack(id(chance), blobs));
        }
        long each = (used() - before) / BLOBS;
        assertThat(index.size()).isEqualTo(BLOBS);
        assertThat(each).isLessThanOrEqualTo(MOST_BYTES_EACH);
        assertThat(index.memory() / BLOBS).isLessThanOrEqualTo(MOST_BYTES_EACH);
    }

    private static ContentId id(SplittableRandom chance) {
        return new ContentId(chance.nextLong(), chance.nextLong(), chance.nextLong(), chance.nextLong());
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
