package dev.prodstack.core.lint;

import dev.prodstack.core.backup.BackupPlan;
import dev.prodstack.core.backup.BackupPolicy;
import dev.prodstack.core.backup.BackupSource;
import dev.prodstack.core.backup.Login;
import dev.prodstack.core.backup.RepositorySpec;
import dev.prodstack.core.backup.RepositorySpec.Location;
import dev.prodstack.core.backup.S3Keys;
import dev.prodstack.core.scaling.MetricSources;
import dev.prodstack.core.scaling.MetricSources.Credentials;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.core.value.PasswordSource;
import java.util.HashSet;
import java.util.Set;

/** The secrets and volumes that {@code x-prodstack} refers to. */
final class OperationsReferences {
    private final Set<String> secrets = new HashSet<>();
    private final Set<String> volumes = new HashSet<>();

    OperationsReferences(Stack stack) {
        MetricSources metrics = stack.operations().metricSources();
        metrics.prometheus().map(MetricSources.Endpoint::credentials).ifPresent(this::add);
        metrics.rabbitMq().map(MetricSources.Endpoint::credentials).ifPresent(this::add);
        stack.operations().backup().ifPresent(this::add);
        stack.services().values().stream()
                .flatMap(service -> service.operations().backup().stream())
                .map(BackupPolicy::sources)
                .forEach(sources -> sources.forEach(this::add));
    }

    Set<String> secrets() {
        return secrets;
    }

    Set<String> volumes() {
        return volumes;
    }

    private void add(Credentials credentials) {
        if (credentials instanceof Credentials.Basic basic) {
            add(basic.password());
        } else if (credentials instanceof Credentials.Bearer bearer) {
            add(bearer.token());
        }
    }

    private void add(BackupPlan plan) {
        add(plan.repository());
        plan.offsite().map(BackupPlan.Offsite::repository).ifPresent(this::add);
        secrets.addAll(plan.secrets());
    }

    private void add(RepositorySpec repository) {
        if (repository.encryption() instanceof RepositorySpec.Encryption.Password password) {
            add(password.source());
        }
        if (repository.location() instanceof Location.S3 s3) {
            s3.keys().ifPresent(this::add);
        } else if (repository.location() instanceof Location.InVolume volume) {
            volumes.add(volume.key());
        }
    }

    private void add(BackupSource source) {
        if (source instanceof BackupSource.Postgres postgres) {
            add(postgres.login());
        } else if (source instanceof BackupSource.Redis redis) {
            redis.login().ifPresent(this::add);
        } else if (source instanceof BackupSource.RabbitMq rabbitMq) {
            add(rabbitMq.login());
        } else if (source instanceof BackupSource.ObjectStore store) {
            add(store.keys());
        } else if (source instanceof BackupSource.Prometheus prometheus) {
            prometheus.login().ifPresent(this::add);
            volumes.add(prometheus.volume());
        } else if (source instanceof BackupSource.Volume volume) {
            volumes.add(volume.volume());
        }
    }

    private void add(Login login) {
        add(login.password());
    }

    private void add(S3Keys keys) {
        add(keys.accessKey());
        add(keys.secretKey());
    }

    private void add(PasswordSource source) {
        if (source instanceof PasswordSource.OfSecret secret) {
            secrets.add(secret.key());
        }
    }
}
