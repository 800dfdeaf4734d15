package dev.prodstack.backup.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.backup.blob.BlobKind;
import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.pack.PackedBlob;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexMemoryTest {
    private static final int IN_A_PACK = 250;
    private static final int MOST_BYTES_EACH = 60;

    /** The second just after the table was doubled, where a blob takes the most. */
    @ParameterizedTest
    @ValueSource(ints = {10_000_000, 12_700_000})
    @Tag("engine")
    @SuppressWarnings("SystemOut") // the figure is reported
    void tenMillionBlobsTakeAtMostSixtyBytesEach(int count) {
        long before = used();
        BlobIndex index = new BlobIndex();
        SplittableRandom chance = new SplittableRandom(43);
        for (int i = 0; i < count / IN_A_PACK; i++) {
            List<PackedBlob> blobs = new ArrayList<>();
            for (int blob = 0; blob < IN_A_PACK; blob++) {
                blobs.add(new PackedBlob(id(chance), BlobKind.DATA, blob * 100, 100, 150));
            }
            index.add(new IndexedPack(id(chance), blobs));
        }
        double each = (double) (used() - before) / count;
        System.out.printf(Locale.ROOT, "%d blobs take %.1f bytes each%n", count, each);
        assertThat(index.size()).isEqualTo(count);
        assertThat(each).isLessThanOrEqualTo(MOST_BYTES_EACH);
        assertThat((double) index.memory() / count).isLessThanOrEqualTo(MOST_BYTES_EACH);
    }

    private static ContentId id(SplittableRandom chance) {
        return new ContentId(chance.nextLong(), chance.nextLong(), chance.nextLong(), chance.nextLong());
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
