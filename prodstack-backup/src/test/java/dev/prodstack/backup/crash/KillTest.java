package dev.prodstack.backup.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.Zstd;
import dev.prodstack.backup.Restic;
import dev.prodstack.backup.Tier;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.storage.DirectoryStorage;
import dev.prodstack.core.value.ByteSize;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.bouncycastle.crypto.macs.Poly1305;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Programs are killed with SIGKILL at moments uniform over the operation's length. After each, restic finds nothing
 * wrong and restores what was there before, and the next run needs no help.
 */
@Tag("engine")
class KillTest {
    private static final int KILLS = Integer.getInteger("prodstack.kills", Tier.full() ? 200 : 20);
    private static final int TENTHS = 10;
    private static final int AT_A_TIME = 2;

    @TempDir
    static Path folder;

    private static volatile Scene scene;

    @ParameterizedTest
    @EnumSource(
            value = Operation.class,
            names = {"BACKUP", "FORGET", "PRUNE", "COPY"})
    @SuppressWarnings("SystemOut") // the distribution is what a campaign reports
    void leavesEverythingWhole(Operation operation) throws Exception {
        if (scene == null) {
            scene = Scene.set(folder);
        }
        Random chance = new Random(operation.name().hashCode());
        long length = length(operation);
        TreeMap<Integer, Integer> moments = new TreeMap<>();
        int ended = 0;
        ExecutorService pool = Executors.newFixedThreadPool(AT_A_TIME);
        try {
            List<Future<Boolean>> kills = new ArrayList<>();
            for (int i = 0; i < KILLS; i++) {
                int number = i;
                double moment = chance.nextDouble();
                moments.merge((int) (moment * TENTHS), 1, Integer::sum);
                kills.add(pool.submit(() -> killedAndWell(operation, number, (long) (moment * length))));
            }
            for (Future<Boolean> kill : kills) {
                ended += kill.get() ? 0 : 1;
            }
        } finally {
            pool.shutdownNow();
        }
        System.out.printf(
                Locale.ROOT,
                "%s takes %d ms; killed %d times, %d of them after its end; by tenth of its length: %s%n",
                operation,
                TimeUnit.NANOSECONDS.toMillis(length),
                KILLS,
                ended,
                moments);
        assertThat(ended).isLessThan(KILLS);
    }

    /** Whether the operation had not ended by then; whatever it left must be whole. */
    private static boolean killedAndWell(Operation operation, int number, long after) throws Exception {
        Path copy = scene.copy(folder.resolve(operation + "-" + number));
        boolean killed = kill(operation, copy, after);
        judge(operation, copy, number);
        return killed;
    }

    private static void judge(Operation operation, Path copy, int number) throws Exception {
        scene.assertWhole(copy, operation);
        List<StoredSnapshot> lasting = scene.lasting(operation);
        StoredSnapshot some = lasting.get(number % lasting.size());
        scene.assertRestores(copy, some, folder.resolve("restored-" + operation + "-" + number));
        try (Repository repository = Repository.open(DirectoryStorage.at(copy), Scene.PASSWORD)) {
            operation.run(repository, scene);
        }
        new Restic(copy, String.valueOf(Scene.PASSWORD)).check();
    }

    /** How many nanoseconds the operation takes when nobody kills it: the middle of three. */
    private static long length(Operation operation) throws Exception {
        long[] lengths = new long[3];
        for (int i = 0; i < lengths.length; i++) {
            Path copy = scene.copy(folder.resolve(operation + "-whole-" + i));
            Process process = start(operation, copy);
            BufferedReader output = process.inputReader();
            assertThat(output.readLine()).isEqualTo("begin");
            long begun = System.nanoTime();
            assertThat(output.readLine()).isEqualTo("end");
            lengths[i] = System.nanoTime() - begun;
            assertThat(process.waitFor()).isZero();
        }
        Arrays.sort(lengths);
        return lengths[1];
    }

    /** Whether it had not ended by then. */
    private static boolean kill(Operation operation, Path repository, long after) throws Exception {
        Process process = start(operation, repository);
        BufferedReader output = process.inputReader();
        assertThat(output.readLine()).isEqualTo("begin");
        long until = System.nanoTime() + after;
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
        return process.destroyForcibly().waitFor() != 0;
    }

    private static Process start(Operation operation, Path repository) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath(),
                        Victim.class.getName(),
                        operation.name(),
                        repository.toString(),
                        scene.source().toString(),
                        scene.near().toString())
                // Newer JVMs warn there of the native code that compresses.
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** What the victim needs, wherever this test was loaded from. */
    private static String classPath() {
        Set<String> places = new LinkedHashSet<>();
        for (Class<?> needed : List.of(
                Victim.class,
                Repository.class,
                ByteSize.class,
                ObjectMapper.class,
                JsonFactory.class,
                JsonProperty.class,
                Poly1305.class,
                Zstd.class)) {
            places.add(place(needed));
        }
        return places.stream().collect(Collectors.joining(File.pathSeparator));
    }

    private static String place(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
