package dev.prodstack.backup.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Beside a chunker that goes byte by byte and computes each fingerprint with polynomials alone. */
class RabinChunkerTest {
    private static final Polynomial POLYNOMIAL = Polynomial.parse("3da3358b4dc173");
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    private final RabinChunker chunker = new RabinChunker(POLYNOMIAL);

    private static byte[] random(long seed, int size) {
        byte[] content = new byte[size];
        new SplittableRandom(seed).nextBytes(content);
        return content;
    }

    private List<Integer> ends(byte[] content) {
        List<Integer> ends = new ArrayList<>();
        int from = 0;
        while (from < content.length) {
            from += chunker.next(content, from, content.length);
            ends.add(from);
        }
        return ends;
    }

    /** Whether a chunk may end at a place: 20 zero bits in the fingerprint of the 64 bytes before. */
    private static boolean isBoundary(byte[] content, int end) {
        long hash = 0;
        for (int i = end - 64; i < end; i++) {
            hash = POLYNOMIAL.remainder((hash << 8) | (content[i] & 0xff));
        }
        return (hash & 0xfffff) == 0;
    }

    private static int naive(byte[] content, int from) {
        int last = Math.min(content.length, from + RabinChunker.MAXIMUM);
        for (int end = from + RabinChunker.MINIMUM; end < last; end++) {
            if (isBoundary(content, end)) {
                return end;
            }
        }
        return last;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void cutsWhereTheNaiveOneCuts(int seed) {
        byte[] content = random(seed, 3 * MIB + seed * 1000);
        int from = 0;
        for (int end : ends(content)) {
            assertThat(end).isEqualTo(naive(content, from));
            from = end;
        }
    }

    /** Windows that are boundaries, found in chance and planted close to one another: the first one counts. */
    @Test
    void theFirstOfManyBoundariesIsTaken() {
        byte[] source = random(7, 16 * MIB);
        List<Integer> found = ends(source);
        int boundary = found.stream()
                .filter(end -> end < source.length && isBoundary(source, end))
                .findFirst()
                .orElseThrow();
        byte[] window = Arrays.copyOfRange(source, boundary - 64, boundary);
        SplittableRandom chance = new SplittableRandom(11);
        for (int round = 0; round < 200; round++) {
            byte[] content = new byte[RabinChunker.MINIMUM + 96 * KIB];
            Arrays.fill(content, (byte) 1);
            int first = Integer.MAX_VALUE;
            for (int i = 0; i < 4; i++) {
                int end = RabinChunker.MINIMUM - 64 + 128 * (1 + chance.nextInt(96 * KIB / 128 - 1));
                System.arraycopy(window, 0, content, end - 64, 64);
                first = Math.min(first, end);
            }
            assertThat(chunker.next(content, 0, content.length)).isEqualTo(first);
        }
    }

    @Test
    void withoutBoundariesChunksAreAsLongAsTheyMayBe() {
        byte[] content = new byte[17 * MIB + 1];
        Arrays.fill(content, (byte) 1);
        assertThat(ends(content)).containsExactly(8 * MIB, 16 * MIB, 17 * MIB + 1);
    }

    @Test
    void whatIsShortIsOneChunk() {
        assertThat(ends(new byte[RabinChunker.MINIMUM])).containsExactly(RabinChunker.MINIMUM);
        assertThat(ends(new byte[1])).containsExactly(1);
    }
}
