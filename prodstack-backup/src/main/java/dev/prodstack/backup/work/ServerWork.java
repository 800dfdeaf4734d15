package dev.prodstack.backup.work;

import dev.prodstack.backup.objects.ObjectsBackup;
import dev.prodstack.backup.objects.ObjectsComparison;
import dev.prodstack.backup.objects.ObjectsRestore;
import dev.prodstack.backup.postgres.Postgres;
import dev.prodstack.backup.postgres.PostgresBase;
import dev.prodstack.backup.postgres.PostgresComparison;
import dev.prodstack.backup.postgres.PostgresDump;
import dev.prodstack.backup.postgres.PostgresRestore;
import dev.prodstack.backup.prometheus.PrometheusBackup;
import dev.prodstack.backup.prometheus.PrometheusRestore;
import dev.prodstack.backup.prometheus.PrometheusServer;
import dev.prodstack.backup.rabbitmq.Broker;
import dev.prodstack.backup.rabbitmq.RabbitMqBackup;
import dev.prodstack.backup.rabbitmq.RabbitMqComparison;
import dev.prodstack.backup.rabbitmq.RabbitMqRestore;
import dev.prodstack.backup.redis.RedisBackup;
import dev.prodstack.backup.redis.RedisComparison;
import dev.prodstack.backup.redis.RedisRestore;
import dev.prodstack.backup.redis.RedisServer;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.restore.Comparison;
import dev.prodstack.backup.server.Account;
import dev.prodstack.backup.server.Compared;
import dev.prodstack.backup.server.Origin;
import dev.prodstack.backup.server.Server;
import dev.prodstack.backup.server.StoredPart;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import dev.prodstack.backup.storage.s3.S3Credentials;
import dev.prodstack.backup.storage.s3.S3Settings;
import dev.prodstack.core.backup.BackupSource.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stores and restores what a server has, by what it is. */
final class ServerWork {
    /** An address names a bucket; which one does not matter here. */
    private static final String ANY_BUCKET = "any-bucket";

    private ServerWork() {}

    static List<StoredPart> store(Repository repository, Origin origin, ServerAccess access)
            throws IOException, InterruptedException {
        return switch (access.what()) {
            case "postgres" -> postgres(repository, origin, access);
            case "redis" -> List.of(RedisBackup.of(redis(access)).to(repository, origin));
            case "rabbitmq" -> List.of(RabbitMqBackup.of(broker(access)).to(repository, origin));
            case "s3" ->
                List.of(ObjectsBackup.of(objects(access)).only(access.names()).to(repository, origin));
            case "prometheus" ->
                List.of(PrometheusBackup.of(prometheus(access), Path.of(access.directory()))
                        .to(repository, origin));
            default -> throw unknown(access);
        };
    }

    private static List<StoredPart> postgres(Repository repository, Origin origin, ServerAccess access)
            throws IOException, InterruptedException {
        List<StoredPart> parts = new ArrayList<>();
        if (!access.dump().isEmpty()) {
            parts.add(PostgresDump.of(postgres(access)).only(access.names()).to(repository, origin));
        }
        if (!access.base().isEmpty()) {
            Checkpoint checkpoint =
                    access.base().equals(Checkpoint.SPREAD.toString()) ? Checkpoint.SPREAD : Checkpoint.FAST;
            parts.add(PostgresBase.of(postgres(access)).after(checkpoint).to(repository, origin));
        }
        return parts;
    }

    static Map<String, String> restore(Repository repository, Work.RestoreServer work, StoredSnapshot snapshot)
            throws IOException, InterruptedException {
        ServerAccess access = work.server();
        switch (access.what()) {
            case "postgres" -> {
                return PostgresRestore.of(repository, snapshot).into(postgres(access));
            }
            case "redis" -> {
                long keys = RedisRestore.of(repository, snapshot).into(redis(access));
                return Map.of("keys", Long.toString(keys));
            }
            case "rabbitmq" -> {
                RabbitMqRestore.of(repository, snapshot).into(broker(access));
                return Map.of();
            }
            case "s3" -> {
                ObjectsRestore.Report report =
                        ObjectsRestore.of(repository, snapshot).exactly().into(objects(access));
                return Map.of(
                        "written", Long.toString(report.written()),
                        "unchanged", Long.toString(report.unchanged()),
                        "removed", Long.toString(report.removed()));
            }
            case "prometheus" -> {
                PrometheusRestore.of(repository, snapshot).into(Path.of(access.directory()));
                return Map.of();
            }
            default -> throw unknown(access);
        }
    }

    static Compared compare(Repository repository, Work.CompareServer work, StoredSnapshot snapshot)
            throws IOException, InterruptedException {
        ServerAccess access = work.server();
        return switch (access.what()) {
            case "postgres" ->
                PostgresComparison.of(postgres(access), work.facts()).run();
            case "redis" -> RedisComparison.of(repository, snapshot).with(redis(access));
            case "rabbitmq" -> RabbitMqComparison.of(repository, snapshot).with(broker(access));
            case "s3" -> ObjectsComparison.of(repository, snapshot).with(objects(access));
            case "prometheus" -> blocks(repository, snapshot, Path.of(access.directory()));
            default -> throw unknown(access);
        };
    }

    private static Compared blocks(Repository repository, StoredSnapshot snapshot, Path data)
            throws IOException, InterruptedException {
        String folder = snapshot.snapshot().paths().get(0);
        return Compare.told(
                Comparison.of(repository, snapshot, folder).allowingOthers().with(data));
    }

    private static Server server(ServerAccess access) {
        return new Server(access.host(), access.port());
    }

    private static Account account(ServerAccess access) {
        return new Account(access.user(), Path.of(access.passwordFile()));
    }

    /** Nobody in particular, where there is no password. */
    private static Optional<Account> anybody(ServerAccess access) {
        return access.passwordFile().isEmpty() ? Optional.empty() : Optional.of(account(access));
    }

    static Postgres postgres(ServerAccess access) {
        return Postgres.at(server(access), account(access));
    }

    private static RedisServer redis(ServerAccess access) {
        return new RedisServer(server(access), anybody(access));
    }

    private static Broker broker(ServerAccess access) {
        return new Broker(server(access), account(access));
    }

    private static S3Settings objects(ServerAccess access) {
        return S3Settings.at("s3:http://" + server(access) + "/" + ANY_BUCKET)
                .credentials(
                        new S3Credentials.KeyFiles(Path.of(access.accessKeyFile()), Path.of(access.passwordFile())));
    }

    private static PrometheusServer prometheus(ServerAccess access) {
        return new PrometheusServer(server(access), anybody(access));
    }

    private static IOException unknown(ServerAccess access) {
        return new IOException("This version knows no servers of the kind " + access.what() + ". Use a newer image.");
    }
}
