package dev.prodstack.core.compose.operations;

import dev.prodstack.core.backup.BackupPolicy;
import dev.prodstack.core.backup.BackupSource;
import dev.prodstack.core.backup.BackupSource.Consistency;
import dev.prodstack.core.backup.BackupSource.Consistency.Quiesced;
import dev.prodstack.core.backup.BackupSource.Consistency.WithService;
import dev.prodstack.core.backup.BackupSource.ObjectStore;
import dev.prodstack.core.backup.BackupSource.Prometheus;
import dev.prodstack.core.backup.BackupSource.RabbitMq;
import dev.prodstack.core.backup.BackupSource.Redis;
import dev.prodstack.core.backup.BackupSource.Volume;
import dev.prodstack.core.backup.Login;
import dev.prodstack.core.backup.S3Keys;
import dev.prodstack.core.compose.read.Fields;
import dev.prodstack.core.compose.read.Place;
import dev.prodstack.core.value.PasswordSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads {@code backup} beside a service: a list of sources, each a mapping of its kind to its settings. */
final class BackupReader {
    private static final List<String> KINDS = List.of("postgres", "redis", "rabbitmq", "s3", "prometheus", "volume");
    private static final int MAX_PORT = 65_535;

    private final String service;
    private final Mentions mentions;

    BackupReader(String service, Mentions mentions) {
        this.service = service;
        this.mentions = mentions;
    }

    Optional<BackupPolicy> read(Place place) {
        return Parts.all(place, this::source).flatMap(sources -> place.made(() -> new BackupPolicy(sources)));
    }

    private Optional<BackupSource> source(Place item) {
        Fields fields = item.fields();
        Optional<String> kind = Parts.kind(fields, "a backup source", KINDS);
        fields.end();
        return kind.flatMap(key -> source(key, fields.get(key).orElseThrow()));
    }

    private Optional<BackupSource> source(String kind, Place place) {
        if (kind.equals("volume")) {
            return volume(place);
        }
        Fields fields = Parts.fieldsOrNone(place);
        Optional<BackupSource> source = switch (kind) {
            case "postgres" -> new PostgresReader(mentions).read(place, fields);
            case "redis" -> redis(fields);
            case "rabbitmq" -> rabbitMq(fields);
            case "s3" -> objectStore(place, fields);
            default -> prometheus(place, fields);
        };
        fields.end();
        return source;
    }

    private Optional<BackupSource> redis(Fields fields) {
        int port = port(fields, Redis.DEFAULT_PORT);
        return login(fields, mentions).map(login -> new Redis(port, login));
    }

    private Optional<BackupSource> rabbitMq(Fields fields) {
        int port = port(fields, RabbitMq.DEFAULT_PORT);
        return requiredLogin(fields, mentions).map(login -> new RabbitMq(port, login));
    }

    private Optional<BackupSource> objectStore(Place place, Fields fields) {
        int port = port(fields, ObjectStore.DEFAULT_PORT);
        Optional<PasswordSource> access = Parts.requiredPassword(fields, "access_key", mentions);
        Optional<PasswordSource> secret = Parts.requiredPassword(fields, "secret_key", mentions);
        List<String> buckets = Parts.names(fields, "buckets");
        return access.flatMap(id ->
                secret.flatMap(key -> place.made(() -> new ObjectStore(port, new S3Keys(id, key), buckets))));
    }

    private Optional<BackupSource> prometheus(Place place, Fields fields) {
        int port = port(fields, Prometheus.DEFAULT_PORT);
        Optional<Optional<Login>> login = login(fields, mentions);
        Optional<String> volume = fields.required("volume", "add volume: with the volume that holds its data")
                .flatMap(this::mounted);
        return login.flatMap(account -> volume.flatMap(key -> place.made(() -> new Prometheus(port, account, key))));
    }

    private Optional<BackupSource> volume(Place place) {
        if (Parts.isScalar(place)) {
            return mounted(place).map(key -> new Volume(key, WithService.RUNNING, List.of()));
        }
        Fields fields = place.fields();
        Optional<String> volume =
                fields.required("name", "add name: with the volume's key").flatMap(this::mounted);
        Optional<Consistency> consistency = consistency(place, fields);
        List<String> exclude = Parts.names(fields, "exclude");
        fields.end();
        return volume.flatMap(key -> consistency.flatMap(still -> place.made(() -> new Volume(key, still, exclude))));
    }

    private Optional<String> mounted(Place place) {
        Optional<String> key = place.word();
        key.ifPresent(name -> mentions.mountedVolume(place, name, service));
        return key;
    }

    private static Optional<Consistency> consistency(Place place, Fields fields) {
        Optional<Place> service = fields.given("service");
        Optional<Place> quiesce = fields.given("quiesce");
        if (service.isPresent() && quiesce.isPresent()) {
            place.problem(
                    "quiesce runs commands in the running service; service: says what state it is in",
                    "keep one of the two");
        }
        if (quiesce.isPresent()) {
            return quiesced(quiesce.get());
        }
        return service.isPresent()
                ? service.get().choice(WithService.class).map(state -> state)
                : Optional.of(WithService.RUNNING);
    }

    private static Optional<Consistency> quiesced(Place place) {
        Fields fields = place.fields();
        Optional<List<String>> before = fields.required("before", "add before: with the command to run first")
                .flatMap(Parts::command);
        List<String> after = fields.given("after").flatMap(Parts::command).orElse(List.of());
        Duration timeout = Parts.span(fields, "timeout").orElse(Quiesced.DEFAULT_TIMEOUT);
        fields.end();
        return before.map(command -> new Quiesced(command, after, timeout));
    }

    static int port(Fields fields, int standard) {
        return fields.integer("port", 1, MAX_PORT).orElse(standard);
    }

    static Optional<Login> requiredLogin(Fields fields, Mentions mentions) {
        Optional<String> user = fields.get("user").flatMap(Place::word);
        return Parts.requiredPassword(fields, "password", mentions).map(password -> new Login(user, password));
    }

    /** A login, or none where neither user nor password is given; nothing, and a problem, for a user alone. */
    private static Optional<Optional<Login>> login(Fields fields, Mentions mentions) {
        Optional<String> user = fields.get("user").flatMap(Place::word);
        Optional<PasswordSource> password = Parts.password(fields, "password", mentions);
        if (user.isPresent() && password.isEmpty()) {
            fields.place().problem("a user needs a password", "add password_secret or password_file");
            return Optional.empty();
        }
        return Optional.of(password.map(source -> new Login(user, source)));
    }
}
