package dev.prodstack.core.compose.operations;

import dev.prodstack.core.backup.BackupPlan;
import dev.prodstack.core.backup.BackupPlan.Drill;
import dev.prodstack.core.backup.BackupPlan.Offsite;
import dev.prodstack.core.backup.BackupPlan.Request;
import dev.prodstack.core.backup.BackupPlan.Schedule;
import dev.prodstack.core.backup.BackupPlan.Verification;
import dev.prodstack.core.backup.BackupPolicy;
import dev.prodstack.core.backup.BackupSource;
import dev.prodstack.core.backup.BackupSource.Consistency;
import dev.prodstack.core.backup.Login;
import dev.prodstack.core.backup.RepositorySpec;
import dev.prodstack.core.backup.RepositorySpec.Addressing;
import dev.prodstack.core.backup.RepositorySpec.Compression;
import dev.prodstack.core.backup.RepositorySpec.Encryption;
import dev.prodstack.core.backup.RepositorySpec.Location;
import dev.prodstack.core.backup.RepositorySpec.ObjectLock;
import dev.prodstack.core.backup.Retention;
import dev.prodstack.core.backup.RetentionSpan;
import dev.prodstack.core.backup.S3Keys;
import dev.prodstack.core.cron.CronSchedule;
import dev.prodstack.core.value.ByteSize;
import dev.prodstack.core.value.HttpAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Makes backup policies and plans of every kind, valid in the stack of {@link Snippet}.
 *
 * @param draw where values come from
 */
record BackupGenerator(Draw draw) {

    BackupPolicy policy() {
        List<BackupSource> sources = new ArrayList<>(List.of(
                postgres(),
                new BackupSource.Redis(port(), draw.maybe(this::login)),
                new BackupSource.RabbitMq(port(), login()),
                new BackupSource.ObjectStore(port(), keys(), draw.names(0)),
                new BackupSource.Prometheus(port(), draw.maybe(this::login), "data"),
                new BackupSource.Volume("data", consistency(), draw.names(0))));
        Collections.shuffle(sources, draw.random());
        return new BackupPolicy(sources.subList(0, 1 + draw.below(sources.size())));
    }

    private BackupSource postgres() {
        Optional<BackupSource.BaseBackup> base =
                draw.maybe(() -> new BackupSource.BaseBackup(draw.of(BackupSource.Checkpoint.values())));
        BackupSource.Dump dump = new BackupSource.Dump(draw.names(0));
        return new BackupSource.Postgres(
                port(),
                login(),
                base.isEmpty() || draw.toss() ? Optional.of(dump) : Optional.empty(),
                base,
                base.isEmpty()
                        ? Optional.empty()
                        : draw.maybe(() -> new BackupSource.Wal(
                                "slot_" + draw.below(9), Duration.ofSeconds(1 + draw.below(3600)))));
    }

    private Consistency consistency() {
        return draw.of(
                Consistency.WithService.RUNNING,
                Consistency.WithService.STOPPED,
                new Consistency.Quiesced(draw.some(draw::text, 1), draw.some(draw::text, 0), draw.span()));
    }

    private Login login() {
        return new Login(draw.maybe(() -> draw.of("admin", "12", "a b")), draw.password());
    }

    private S3Keys keys() {
        return new S3Keys(draw.password(), draw.password());
    }

    private int port() {
        return 1 + draw.below(65_535);
    }

    BackupPlan plan() {
        RepositorySpec repository = repository(
                draw.of(new Location.Directory("/backup/a"), new Location.InVolume("data"), bucket("first-bucket")));
        return new BackupPlan(
                repository,
                new Schedule(schedule(), draw.time()),
                retention(),
                draw.toss() ? List.of("app") : List.of(),
                draw.of(
                        Verification.Level.STRUCTURE,
                        Verification.Level.DATA,
                        new Verification.Rotating(2 + draw.below(99))),
                draw.maybe(() -> new Offsite(
                        repository(bucket("other-bucket")), draw.maybe(this::schedule), draw.maybe(this::retention))),
                draw.maybe(() -> new Drill(schedule(), draw.span(), draw.some(this::request, 0))),
                draw.toss() ? List.of() : List.of("pw", "id"));
    }

    private Request request() {
        return new Request(draw.of("app", "other"), port(), draw.path(), 100 + draw.below(500));
    }

    private CronSchedule schedule() {
        return new CronSchedule(draw.cron(), draw.zone());
    }

    private RepositorySpec repository(Location location) {
        return new RepositorySpec(
                location,
                draw.toss() ? Encryption.None.NONE : new Encryption.Password(draw.password()),
                draw.of(Compression.values()),
                draw.maybe(() -> new ByteSize(1L + draw.below(Integer.MAX_VALUE))),
                draw.number(1 + draw.below(64)));
    }

    private Location bucket(String name) {
        return new Location.S3(
                draw.maybe(() -> HttpAddress.parse("http://s3.example.net:9000/base")),
                name,
                draw.of("", "a", "a/b c"),
                draw.maybe(() -> draw.of("eu-1", "12")),
                draw.of(Addressing.values()),
                draw.maybe(this::keys),
                draw.maybe(() -> "STANDARD_IA"),
                draw.maybe(
                        () -> new ObjectLock(draw.of(ObjectLock.Mode.values()), Duration.ofDays(1 + draw.below(400)))));
    }

    private Retention retention() {
        return new Retention(
                count(),
                count(),
                count(),
                count(),
                count(),
                draw.of(1, Retention.ALL),
                draw.maybe(() -> new RetentionSpan(draw.below(3), draw.below(14), draw.below(40), 1 + draw.below(30))),
                new LinkedHashSet<>(draw.names(0)));
    }

    private int count() {
        return draw.of(0, 1 + draw.below(50), Retention.ALL);
    }
}
