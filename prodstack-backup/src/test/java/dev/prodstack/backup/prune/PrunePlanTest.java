package dev.prodstack.backup.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.prune.PrunePlan.Action;
import dev.prodstack.backup.storage.FileKind;
import dev.prodstack.backup.storage.Storage;
import dev.prodstack.backup.storage.StorageFile;
import dev.prodstack.core.value.ByteSize;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PrunePlanTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final long MIB = 1024 * 1024;

    private static final PackUse FULL = data(1, 100 * MIB, 0);
    private static final PackUse EMPTY = data(2, 0, 10 * MIB);
    private static final PackUse HALF = data(3, 8 * MIB, 8 * MIB);
    private static final PackUse MOSTLY = data(4, 15 * MIB, MIB);
    private static final PackUse TREES = new PackUse(
            ContentId.of(new byte[] {5}), 8 * MIB, PackUse.Holds.TREES, 1, 7 * MIB, 1, 100, false, Optional.empty());
    private static final PackUse PLAIN = new PackUse(
            ContentId.of(new byte[] {6}), 8 * MIB, PackUse.Holds.DATA, 1, 8 * MIB, 0, 0, true, Optional.empty());
    private static final PackUse SMALL = data(7, MIB, 0);
    private static final PackUse SMALL_TOO = data(8, MIB, 0);

    static Stream<Arguments> cases() {
        PruneRules standard = PruneRules.STANDARD;
        PruneRules nothing = standard.allowing(new Allowance.Size(new ByteSize(0)));
        return Stream.of(
                Arguments.of("used and unused", standard, List.of(FULL, EMPTY), List.of(Action.KEEP, Action.REMOVE)),
                Arguments.of(
                        "until 5 % is left",
                        standard, List.of(FULL, HALF, MOSTLY), List.of(Action.KEEP, Action.REPACK, Action.KEEP)),
                Arguments.of(
                        "nothing is left",
                        nothing,
                        List.of(FULL, HALF, MOSTLY),
                        List.of(Action.KEEP, Action.REPACK, Action.REPACK)),
                Arguments.of(
                        "no repacking",
                        standard.allowing(new Allowance.Unlimited()),
                        List.of(HALF, TREES, EMPTY),
                        List.of(Action.KEEP, Action.KEEP, Action.REMOVE)),
                Arguments.of(
                        "at most 10 MiB, the worthiest first",
                        nothing.repackingAtMost(new ByteSize(10 * MIB)),
                        List.of(MOSTLY, HALF),
                        List.of(Action.KEEP, Action.REPACK)),
                Arguments.of("not compressed", standard, List.of(PLAIN), List.of(Action.KEEP)),
                Arguments.of(
                        "not compressed, asked",
                        standard.alsoRepacking(PruneRules.Repack.UNCOMPRESSED),
                        List.of(PLAIN, FULL),
                        List.of(Action.REPACK, Action.KEEP)),
                Arguments.of("small", standard, List.of(SMALL, SMALL_TOO), List.of(Action.KEEP, Action.KEEP)),
                Arguments.of(
                        "small, asked",
                        standard.alsoRepacking(PruneRules.Repack.SMALL),
                        List.of(SMALL, FULL, SMALL_TOO),
                        List.of(Action.REPACK, Action.KEEP, Action.REPACK)),
                Arguments.of(
                        "small, alone",
                        standard.alsoRepacking(PruneRules.Repack.SMALL),
                        List.of(SMALL),
                        List.of(Action.KEEP)),
                Arguments.of(
                        "locked",
                        nothing,
                        List.of(locked(EMPTY, 1), locked(HALF, 1)),
                        List.of(Action.KEEP, Action.KEEP)),
                Arguments.of(
                        "locked no more",
                        nothing,
                        List.of(locked(EMPTY, -1), locked(HALF, 0)),
                        List.of(Action.REMOVE, Action.REPACK)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void decides(String name, PruneRules rules, List<PackUse> packs, List<Action> actions) {
        PrunePlan plan = PrunePlan.of(packs, List.of(), rules, NOW);
        assertThat(packs.stream().map(pack -> action(plan, pack)).toList()).isEqualTo(actions);
        assertThat(plan.decisions())
                .hasSize(packs.size())
                .allMatch(decision -> !decision.reason().isEmpty());
    }

    private static Action action(PrunePlan plan, PackUse pack) {
        return plan.decisions().stream()
                .filter(decision -> decision.pack().equals(pack))
                .findAny()
                .orElseThrow()
                .action();
    }

    @Test
    void addsUp() {
        Storage.Stored stranger = new Storage.Stored(new StorageFile(FileKind.PACK, "ab"), 5 * MIB);
        PrunePlan plan =
                PrunePlan.of(List.of(FULL, EMPTY, HALF, MOSTLY, TREES), List.of(stranger), PruneRules.STANDARD, NOW);
        assertThat(plan.usedBytes()).isEqualTo(130 * MIB);
        assertThat(plan.unusedBytes()).isEqualTo(19 * MIB + 100);
        assertThat(plan.repackedBytes()).isEqualTo(15 * MIB);
        assertThat(plan.freedBytes()).isEqualTo((10 + 8 + 5) * MIB + 100);
        assertThat(plan.remainingBytes()).isEqualTo(MIB);
        assertThat(plan.isEmpty()).isFalse();
        assertThat(plan.of(Action.REPACK).get(1).reason()).isEqualTo("8388608 of 16777216 bytes are unused");
        assertThat(PrunePlan.of(List.of(FULL), List.of(), PruneRules.STANDARD, NOW)
                        .isEmpty())
                .isTrue();
    }

    @Test
    void readsAllowances() {
        assertThat(Allowance.parse("5%")).isEqualTo(Allowance.STANDARD);
        assertThat(Allowance.parse("5%").bytes(95)).isEqualTo(5);
        assertThat(Allowance.parse("0").bytes(95)).isZero();
        assertThat(Allowance.parse("0%").bytes(95)).isZero();
        assertThat(Allowance.parse("2KiB").bytes(95)).isEqualTo(2048);
        assertThat(Allowance.parse("unlimited").bytes(95)).isEqualTo(Long.MAX_VALUE);
        for (String text : List.of("100%", "-1%", "", "5 %", "much")) {
            assertThatThrownBy(() -> Allowance.parse(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static PackUse locked(PackUse pack, long seconds) {
        return pack.locked(Optional.of(NOW.plusSeconds(seconds)));
    }

    private static PackUse data(int number, long used, long unused) {
        return new PackUse(
                ContentId.of(new byte[] {(byte) number}),
                used + unused,
                PackUse.Holds.DATA,
                used > 0 ? 1 : 0,
                used,
                unused > 0 ? 1 : 0,
                unused,
                false,
                Optional.empty());
    }
}
