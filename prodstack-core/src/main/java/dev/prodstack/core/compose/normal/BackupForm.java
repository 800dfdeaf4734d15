package dev.prodstack.core.compose.normal;

import dev.prodstack.core.backup.BackupPlan;
import dev.prodstack.core.backup.BackupPlan.Drill;
import dev.prodstack.core.backup.BackupPlan.Offsite;
import dev.prodstack.core.backup.BackupPlan.Request;
import dev.prodstack.core.backup.BackupPlan.Verification;
import dev.prodstack.core.backup.BackupPolicy;
import dev.prodstack.core.backup.BackupSource;
import dev.prodstack.core.backup.BackupSource.Consistency;
import dev.prodstack.core.backup.BackupSource.ObjectStore;
import dev.prodstack.core.backup.BackupSource.Postgres;
import dev.prodstack.core.backup.BackupSource.Prometheus;
import dev.prodstack.core.backup.BackupSource.RabbitMq;
import dev.prodstack.core.backup.BackupSource.Redis;
import dev.prodstack.core.backup.BackupSource.Volume;
import dev.prodstack.core.backup.Login;
import dev.prodstack.core.backup.Retention;
import dev.prodstack.core.backup.S3Keys;
import dev.prodstack.core.value.Data;
import java.util.Optional;

/** The normal form of backup policies and plans. */
final class BackupForm {
    private BackupForm() {}

    static Data of(BackupPolicy policy) {
        return Data.of(policy.sources().stream()
                .map(source -> new Section().put(kind(source), source(source)).toData())
                .toList());
    }

    private static String kind(BackupSource source) {
        return source instanceof Volume ? "volume" : source.name();
    }

    private static Data source(BackupSource source) {
        Section section = new Section();
        if (source instanceof Postgres postgres) {
            postgres(section, postgres);
        } else if (source instanceof Redis redis) {
            section.put("port", Data.of(redis.port()));
            login(section, redis.login());
        } else if (source instanceof RabbitMq rabbitMq) {
            section.put("port", Data.of(rabbitMq.port()));
            login(section, Optional.of(rabbitMq.login()));
        } else if (source instanceof ObjectStore store) {
            section.put("port", Data.of(store.port()));
            keys(section, store.keys());
            section.texts("buckets", store.buckets());
        } else if (source instanceof Prometheus prometheus) {
            section.put("port", Data.of(prometheus.port()));
            login(section, prometheus.login());
            section.put("volume", Data.of(prometheus.volume()));
        } else if (source instanceof Volume volume) {
            volume(section, volume);
        }
        return section.toData();
    }

    private static void postgres(Section section, Postgres postgres) {
        section.put("port", Data.of(postgres.port()));
        login(section, Optional.of(postgres.login()));
        section.put("dump", part(postgres.dump().map(dump -> new Section().texts("databases", dump.databases()))));
        section.put(
                "base_backup",
                part(postgres.base()
                        .map(base -> new Section()
                                .put("checkpoint", Data.of(base.checkpoint().toString())))));
        section.put(
                "wal",
                part(postgres.wal()
                        .map(wal -> new Section()
                                .put("slot", Data.of(wal.slot()))
                                .put("store_every", OperationsForm.duration(wal.storeEvery())))));
    }

    private static Data part(Optional<Section> part) {
        return part.map(Section::toData).orElse(Data.of(false));
    }

    private static void volume(Section section, Volume volume) {
        section.put("name", Data.of(volume.volume()));
        if (volume.consistency() instanceof Consistency.Quiesced quiesced) {
            section.section(
                    "quiesce",
                    new Section()
                            .texts("before", quiesced.before())
                            .texts("after", quiesced.after())
                            .put("timeout", OperationsForm.duration(quiesced.timeout())));
        } else {
            section.put("service", Data.of(volume.consistency().toString()));
        }
        section.texts("exclude", volume.exclude());
    }

    private static void login(Section section, Optional<Login> login) {
        login.ifPresent(account -> {
            section.text("user", account.user());
            OperationsForm.password(section, "password", account.password());
        });
    }

    static void keys(Section section, S3Keys keys) {
        OperationsForm.password(section, "access_key", keys.accessKey());
        OperationsForm.password(section, "secret_key", keys.secretKey());
    }

    static Data of(BackupPlan plan) {
        Section section = new Section()
                .put("repository", RepositoryForm.of(plan.repository()))
                .section(
                        "schedule",
                        OperationsForm.schedule(plan.schedule().when())
                                .put(
                                        "catch_up",
                                        OperationsForm.duration(plan.schedule().catchUp())))
                .put("retention", retention(plan.retention()))
                .texts("order", plan.order())
                .put("verify", verification(plan.verification()));
        plan.offsite().ifPresent(offsite -> section.put("offsite", offsite(offsite)));
        return section.put("drill", part(plan.drill().map(BackupForm::drill)))
                .texts("secrets", plan.secrets())
                .toData();
    }

    private static Data retention(Retention retention) {
        Section section = new Section();
        count(section, "last", retention.last());
        count(section, "hourly", retention.hourly());
        count(section, "daily", retention.daily());
        count(section, "weekly", retention.weekly());
        count(section, "monthly", retention.monthly());
        count(section, "yearly", retention.yearly());
        return section.text("within", retention.within())
                .texts("tags", retention.tags())
                .toData();
    }

    private static void count(Section section, String key, int count) {
        if (count > 0) {
            section.put(key, count == Retention.ALL ? Data.of("all") : Data.of(count));
        }
    }

    private static Data verification(Verification verification) {
        return verification instanceof Verification.Rotating rotating
                ? new Section().put("parts", Data.of(rotating.parts())).toData()
                : Data.of(verification.toString());
    }

    private static Data offsite(Offsite offsite) {
        Section section = new Section().put("repository", RepositoryForm.of(offsite.repository()));
        offsite.schedule().ifPresent(schedule -> section.section("schedule", OperationsForm.schedule(schedule)));
        offsite.retention().ifPresent(retention -> section.put("retention", retention(retention)));
        return section.toData();
    }

    private static Section drill(Drill drill) {
        return new Section()
                .section("schedule", OperationsForm.schedule(drill.schedule()))
                .put("timeout", OperationsForm.duration(drill.timeout()))
                .items(
                        "requests",
                        drill.requests().stream().map(BackupForm::request).toList());
    }

    private static Data request(Request request) {
        return new Section()
                .put("service", Data.of(request.service()))
                .put("port", Data.of(request.port()))
                .put("path", Data.of(request.path()))
                .put("status", Data.of(request.status()))
                .toData();
    }
}
