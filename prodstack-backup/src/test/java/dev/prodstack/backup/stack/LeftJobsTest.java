package dev.prodstack.backup.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prodstack.core.backup.BackupManifest;
import dev.prodstack.core.backup.BackupPart;
import dev.prodstack.core.backup.BackupPlan.Verification;
import dev.prodstack.core.backup.BackupRecord.Purpose;
import dev.prodstack.core.cluster.ClusterJobs;
import dev.prodstack.core.cluster.JobOrder;
import dev.prodstack.core.cluster.JobResult;
import dev.prodstack.core.cluster.StackControl;
import dev.prodstack.core.compose.ComposeFile;
import dev.prodstack.core.compose.ComposeSource;
import dev.prodstack.core.stack.Stack;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What jobs of a killed command go on with ends before anything else is done. */
class LeftJobsTest {
    private static final String FILE = """
            name: shop
            services:
              web:
                image: web
                volumes: ["uploads:/uploads"]
                x-prodstack: {backup: [{volume: {name: uploads}}]}
            volumes: {uploads: {}}
            secrets: {p: {external: true}}
            x-prodstack: {backup: {repository: {directory: /backups, password_secret: p}}}
            """;

    private final Jobs jobs = new Jobs();

    /** Jobs that fail. */
    private static final class Jobs implements ClusterJobs {
        private final List<String> run = new ArrayList<>();
        private final Set<String> ended = new TreeSet<>();

        @Override
        public JobResult run(JobOrder order, Consumer<String> lines) {
            assertThat(ended).as("before the first job").isNotEmpty();
            run.add(order.purpose());
            return new JobResult(JobResult.Ending.FAILED, 1, "no", "n1", List.of(), List.of());
        }

        @Override
        public List<Node> nodesWith(String stack, String volume) {
            return List.of(new Node("id", "n1"));
        }

        @Override
        public int removeOrphans(String stack) {
            return 0;
        }

        @Override
        public int end(String stack, Set<String> purposes) {
            assertThat(stack).isEqualTo("shop");
            ended.addAll(purposes);
            return 0;
        }
    }

    private static StackControl control() {
        return (StackControl) Proxy.newProxyInstance(
                LeftJobsTest.class.getClassLoader(),
                new Class<?>[] {StackControl.class},
                (proxy, method, arguments) -> method.getReturnType() == Set.class ? Set.of() : Map.of());
    }

    private Cluster cluster() {
        return new Cluster(jobs, control(), new MemoryStore(), "me");
    }

    private static Stack stack(Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("compose.yaml"), FILE);
        return ComposeFile.load(ComposeSource.of(file)).stack();
    }

    private void assertThatWhatOnlyOneMayDoEnded() {
        assertThat(jobs.run).hasSize(1);
        assertThat(jobs.ended)
                .contains("restore", "recover", "volume", "postgres")
                .doesNotContain("list", "verify", "prepare", "wal-postgres");
    }

    @Test
    void beforeABackup(@TempDir Path directory) throws Exception {
        Stack stack = stack(directory);
        StackBackup backup =
                new StackBackup(stack, stack.operations().backup().orElseThrow(), "image", cluster(), event -> {});
        StackBackupPlan plan = backup.plan(part -> true);
        assertThatThrownBy(() -> backup.run(plan, Optional.empty())).hasMessageContaining("no on n1");
        assertThatWhatOnlyOneMayDoEnded();
    }

    @Test
    void beforeARestore(@TempDir Path directory) throws Exception {
        Stack stack = stack(directory);
        StackRestore restore =
                new StackRestore(stack, stack.operations().backup().orElseThrow(), "image", cluster(), event -> {});
        BackupPart part = new BackupPart(
                "web",
                "volume uploads",
                "files",
                "n1",
                List.of("a".repeat(64)),
                10,
                1,
                Instant.EPOCH,
                Instant.EPOCH,
                Map.of(),
                "");
        RestorePlan plan = restore.plan(
                new BackupManifest(
                        "shop", "id", Purpose.BACKUP, Instant.EPOCH, Instant.EPOCH, Optional.empty(), List.of(part)),
                its -> true);
        assertThatThrownBy(() -> restore.run(plan, Verification.Level.STRUCTURE, StackRestore.Safety.NONE))
                .hasMessageContaining("no on n1");
        assertThatWhatOnlyOneMayDoEnded();
    }
}
