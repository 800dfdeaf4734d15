package dev.prodstack.backup.stack;

import dev.prodstack.backup.work.ServerAccess;
import dev.prodstack.core.backup.BackupSource;
import dev.prodstack.core.backup.Login;
import dev.prodstack.core.cluster.JobMount;
import dev.prodstack.core.stack.Mount;
import dev.prodstack.core.stack.Service;
import dev.prodstack.core.stack.Stack;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A source in the terms of a job.
 *
 * @param server the server
 * @param mounts what the job sees
 * @param secrets what it reads
 */
record PartWork(ServerAccess server, List<JobMount> mounts, Map<String, String> secrets) {
    static final String VOLUME = "/volume/";

    /** Where a job sees the files of a server. */
    static final String DATA = "/server";

    /** The server of a source, reached as a service of a stack. */
    static PartWork of(Stack stack, String service, BackupSource source) {
        List<JobMount> mounts = new ArrayList<>();
        Map<String, String> secrets = new LinkedHashMap<>();
        ServerAccess server;
        if (source instanceof BackupSource.Postgres postgres) {
            server = new ServerAccess(
                    "postgres",
                    service,
                    postgres.port(),
                    postgres.login().user().orElse("postgres"),
                    password(stack, Optional.of(postgres.login()), mounts, secrets),
                    "",
                    postgres.dump().map(BackupSource.Dump::databases).orElse(List.of()),
                    postgres.base().map(base -> base.checkpoint().toString()).orElse(""),
                    postgres.dump().isPresent() ? "yes" : "",
                    postgres.wal().map(BackupSource.Wal::slot).orElse(""),
                    "");
        } else if (source instanceof BackupSource.Redis redis) {
            server = plain("redis", service, redis.port(), redis.login(), "default", stack, mounts, secrets);
        } else if (source instanceof BackupSource.RabbitMq rabbit) {
            server = plain(
                    "rabbitmq", service, rabbit.port(), Optional.of(rabbit.login()), "guest", stack, mounts, secrets);
        } else if (source instanceof BackupSource.ObjectStore s3) {
            server = new ServerAccess(
                    "s3",
                    service,
                    s3.port(),
                    "",
                    RepositoryPlace.file(stack, s3.keys().secretKey(), "secret_key", mounts, secrets),
                    RepositoryPlace.file(stack, s3.keys().accessKey(), "access_key", mounts, secrets),
                    s3.buckets(),
                    "",
                    "",
                    "",
                    "");
        } else if (source instanceof BackupSource.Prometheus prometheus) {
            server = plain("prometheus", service, prometheus.port(), prometheus.login(), "", stack, mounts, secrets);
        } else {
            throw new IllegalArgumentException(source.name() + " is no server");
        }
        return new PartWork(server, mounts, secrets);
    }

    /** What the job sees, and where the server has files of its own, those too. */
    List<JobMount> mountsWith(Stack stack, BackupSource source, JobMount.Access access) {
        List<JobMount> all = new ArrayList<>(mounts);
        volume(source).ifPresent(key -> all.add(new JobMount.OfVolume(Names.volume(stack, key), DATA, access)));
        return all;
    }

    private static ServerAccess plain(
            String what,
            String service,
            int port,
            Optional<Login> login,
            String user,
            Stack stack,
            List<JobMount> mounts,
            Map<String, String> secrets) {
        return new ServerAccess(
                what,
                service,
                port,
                login.flatMap(Login::user).orElse(user),
                password(stack, login, mounts, secrets),
                "",
                List.of(),
                "",
                "",
                "",
                what.equals("prometheus") ? DATA : "");
    }

    private static String password(
            Stack stack, Optional<Login> login, List<JobMount> mounts, Map<String, String> secrets) {
        return login.map(its -> RepositoryPlace.file(stack, its.password(), "server_password", mounts, secrets))
                .orElse("");
    }

    /** The key of the volume that a source is about, if it is about one. */
    static Optional<String> volume(BackupSource source) {
        if (source instanceof BackupSource.Volume volume) {
            return Optional.of(volume.volume());
        }
        return source instanceof BackupSource.Prometheus prometheus
                ? Optional.of(prometheus.volume())
                : Optional.empty();
    }

    /** The keys of the services that mount a volume. */
    static List<String> mounting(Stack stack, String volume) {
        return stack.services().values().stream()
                .filter(service -> service.mounts().stream()
                        .anyMatch(mount -> mount instanceof Mount.OfVolume its
                                && its.source().equals(Optional.of(volume))))
                .map(Service::name)
                .toList();
    }
}
