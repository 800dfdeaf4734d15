package dev.prodstack.backup.repository;

import static org.assertj.core.api.Assertions.fail;

import dev.prodstack.backup.Tier;
import dev.prodstack.backup.blob.BlobKind;
import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.chunk.Polynomial;
import dev.prodstack.backup.crypto.MasterKey;
import dev.prodstack.backup.crypto.Scrypt;
import dev.prodstack.backup.index.IndexFile;
import dev.prodstack.backup.index.IndexedPack;
import dev.prodstack.backup.pack.Compression;
import dev.prodstack.backup.pack.PackFile;
import dev.prodstack.backup.pack.PackHeader;
import dev.prodstack.backup.pack.PackedBlob;
import dev.prodstack.backup.snapshot.SnapshotFile;
import dev.prodstack.backup.tree.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a file holds, a decoder returns or throws an {@link IOException}. Valid content is changed by seeded chance,
 * by its bytes and by the pieces of its grammar.
 */
@Timeout(900)
class DecoderFuzzTest {
    private static final int ROUNDS = Integer.getInteger("prodstack.fuzz.rounds", 4_000);
    /** In {@code --full}, all of them together take ten minutes. */
    private static final Duration FULL = Duration.ofMinutes(10).dividedBy(9);

    private static final OffsetDateTime NOW = OffsetDateTime.of(2026, 1, 2, 3, 4, 5, 6, ZoneOffset.ofHours(1));
    private static final ContentId ID = ContentId.of(new byte[] {1});
    private static final MasterKey KEY = new MasterKey(new byte[32], new byte[16], new byte[16]);
    private static final char[] PASSWORD = "secret".toCharArray();
    private static final List<PackedBlob> BLOBS =
            List.of(new PackedBlob(ID, BlobKind.DATA, 0, 100, 0), new PackedBlob(ID, BlobKind.TREE, 100, 50, 70));

    /** What JSON is made of, and what its readers trip over. */
    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "null",
            "true",
            "-1",
            "0",
            "1e999",
            "-1e-999",
            "1.5",
            "9223372036854775808",
            "-9223372036854775809",
            "4294967295",
            "4294967296",
            "18446744073709551616",
            "99999999999999999999999999999999",
            "\"\"",
            "\"\\",
            "\\u0000",
            "\\ud800",
            "\\x",
            "\\400",
            "é",
            "[[[[[[[[",
            "{\"a\":{\"a\":{\"a\":",
            "\"id\":",
            "\"packs\":",
            "\"blobs\":",
            "\"nodes\":",
            "\"name\":",
            "\"type\":",
            "\"content\":null",
            "\"subtree\":null",
            "\"linktarget_raw\":\"%\"",
            "\"extended_attributes\":[1]",
            "\"time\":\"2026-13-01T00:00:00Z\"",
            "\"mtime\":\"+999999999-12-31T23:59:59Z\"",
            "\"N\":3",
            "\"r\":0",
            "\"p\":-1",
            "\"kdf\":1",
            "\"salt\":\"%\"",
            "\"data\":\"\"",
            "\"tree\":7",
            "\"paths\":{}",
            "\"tags\":[{}]");

    static Stream<Arguments> decoders() {
        byte[] config = new Config(ID, Polynomial.parse("3da3358b4dc173")).encode();
        byte[] key = KeyFile.encode(KEY, PASSWORD, new Scrypt(2, 1, 1), NOW);
        byte[] lock = new Lock(NOW, true, "host", "user", 7, Owner.mine()).encode();
        byte[] index = IndexFile.encode(List.of(new IndexedPack(ID, BLOBS)));
        byte[] tree = ("{\"nodes\":[{\"name\":\"a\\\\xff\",\"type\":\"file\",\"mode\":420,"
                        + "\"mtime\":\"2026-01-02T03:04:05.6+01:00\",\"atime\":\"2026-01-02T03:04:05Z\","
                        + "\"ctime\":\"2026-01-02T03:04:05Z\",\"uid\":1,\"gid\":2,\"inode\":18446744073709551615,"
                        + "\"size\":3,\"links\":1,\"linktarget\":\"x\",\"linktarget_raw\":\"eA==\","
                        + "\"extended_attributes\":[{\"name\":\"user.x\",\"value\":\"eA==\"}],\"content\":[\"" + ID
                        + "\"]},{\"name\":\"d\",\"type\":\"dir\",\"content\":null,\"subtree\":\"" + ID + "\"}]}\n")
                .getBytes(StandardCharsets.UTF_8);
        byte[] snapshot = ("{\"time\":\"2026-01-02T03:04:05.678+01:00\",\"parent\":\"" + ID + "\",\"tree\":\"" + ID
                        + "\",\"paths\":[\"/x\"],\"hostname\":\"h\",\"username\":\"u\",\"uid\":1,\"gid\":2,"
                        + "\"excludes\":[\"e\"],\"tags\":[\"t\"],\"original\":\"" + ID
                        + "\",\"program_version\":\"p\",\"summary\":{\"backup_start\":\"2026-01-02T03:04:05Z\","
                        + "\"backup_end\":\"2026-01-02T03:04:06Z\","
                        + "\"files_new\":1,\"total_bytes_processed\":2}}")
                .getBytes(StandardCharsets.UTF_8);
        byte[] header = PackHeader.encode(BLOBS);
        byte[] zstd = Compression.AUTO.compress(tree, 0, tree.length);
        return Stream.of(
                decoder("config", config, content -> Config.decode(content, "here")),
                decoder("key", key, content -> KeyFile.open(content, PASSWORD, "here")),
                decoder("lock", lock, Lock::decode),
                decoder("index", index, content -> IndexFile.decode(content, pack -> {})),
                decoder("tree", tree, Tree::decode),
                decoder("snapshot", snapshot, SnapshotFile::decode),
                decoder("pack header", header, PackHeader::decode),
                decoder("sealed pack header", header, content -> PackFile.blobs(KEY, sealed(content), content.length)),
                decoder("zstd", zstd, content -> Compression.decompressAtMost(content, 0, 1 << 20)));
    }

    /** The end of a pack whose header opens, whatever it says. */
    private static byte[] sealed(byte[] header) {
        byte[] sealed = KEY.seal(header);
        byte[] end = Arrays.copyOf(sealed, sealed.length + PackFile.LENGTH_FIELD);
        end[sealed.length] = (byte) sealed.length;
        end[sealed.length + 1] = (byte) (sealed.length >> 8);
        return end;
    }

    private static Arguments decoder(String name, byte[] valid, Decoder decoder) {
        return Arguments.of(name, valid, decoder);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("decoders")
    void returnsOrThrowsAnIoException(String name, byte[] valid, Decoder decoder) throws IOException {
        if (!name.startsWith("sealed")) {
            decoder.decode(valid);
        }
        Random chance = new Random(name.hashCode());
        long end = System.nanoTime() + FULL.toNanos();
        for (int round = 0; Tier.full() ? System.nanoTime() < end : round < ROUNDS; round++) {
            byte[] content = valid;
            for (int i = chance.nextInt(4); i >= 0; i--) {
                content = change(content, chance);
            }
            attempt(decoder, content, round);
        }
    }

    private static void attempt(Decoder decoder, byte[] content, int round) {
        try {
            decoder.decode(content);
        } catch (IOException expected) {
            // What is damaged is told of.
        } catch (RuntimeException | Error e) {
            fail("round " + round + ", " + HexFormat.of().formatHex(content), e);
        }
    }

    private static byte[] change(byte[] content, Random chance) {
        if (content.length == 0) {
            return piece(chance);
        }
        int at = chance.nextInt(content.length);
        int end = at + chance.nextInt(content.length - at + 1);
        return switch (chance.nextInt(7)) {
            case 0 -> flipped(content, at, chance);
            case 1 -> Arrays.copyOf(content, at);
            case 2 -> joined(content, at, new byte[0], end);
            case 3 -> joined(content, at, piece(chance), at);
            case 4 -> joined(content, at, piece(chance), Math.min(end, at + 8));
            case 5 -> joined(content, at, Arrays.copyOfRange(content, at, end), at);
            default -> value(content, at, chance);
        };
    }

    private static byte[] flipped(byte[] content, int at, Random chance) {
        byte[] changed = content.clone();
        changed[at] ^= (byte) (1 << chance.nextInt(8));
        return changed;
    }

    private static byte[] piece(Random chance) {
        return PIECES.get(chance.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8);
    }

    /** Puts a piece in the place of the next value of a field. */
    private static byte[] value(byte[] content, int at, Random chance) {
        int colon = at;
        while (colon < content.length && content[colon] != ':') {
            colon++;
        }
        int end = Math.min(content.length, colon + 1);
        while (end < content.length && content[end] != ',' && content[end] != '}') {
            end++;
        }
        return joined(content, Math.min(content.length, colon + 1), piece(chance), end);
    }

    private static byte[] joined(byte[] content, int begin, byte[] middle, int end) {
        byte[] joined = Arrays.copyOf(content, begin + middle.length + content.length - end);
        System.arraycopy(middle, 0, joined, begin, middle.length);
        System.arraycopy(content, end, joined, begin + middle.length, content.length - end);
        return joined;
    }

    private interface Decoder {
        void decode(byte[] content) throws IOException;
    }
}
