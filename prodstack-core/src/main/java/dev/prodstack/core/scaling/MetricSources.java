package dev.prodstack.core.scaling;

import dev.prodstack.core.value.HttpAddress;
import dev.prodstack.core.value.PasswordSource;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the signals of a stack are measured, and how often.
 *
 * @param interval the time between two looks; above zero
 * @param prometheus the Prometheus server that answers CPU, memory and query signals
 * @param rabbitMq the RabbitMQ management API that answers queue signals
 */
public record MetricSources(Duration interval, Optional<Endpoint> prometheus, Optional<Endpoint> rabbitMq) {
    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(15);

    /** Checks the interval. */
    public MetricSources {
        Objects.requireNonNull(prometheus, "prometheus");
        Objects.requireNonNull(rabbitMq, "rabbitMq");
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("the interval between two looks must be above zero");
        }
    }

    /** Every 15 seconds, as HPA; the sources' addresses come from elsewhere. */
    public static MetricSources standard() {
        return new MetricSources(DEFAULT_INTERVAL, Optional.empty(), Optional.empty());
    }

    /**
     * An HTTP service.
     *
     * @param address its base address
     * @param credentials how to log in
     * @param caFile the certificates to trust, in place of the system's
     */
    public record Endpoint(HttpAddress address, Credentials credentials, Optional<String> caFile) {
        /** Checks that nothing is missing. */
        public Endpoint {
            Objects.requireNonNull(address, "address");
            Objects.requireNonNull(credentials, "credentials");
            Objects.requireNonNull(caFile, "caFile");
        }
    }

    /** How to log in. */
    public sealed interface Credentials {

        /** Not at all. */
        enum None implements Credentials {
            /** The only way not to log in. */
            NONE
        }

        /**
         * HTTP basic authentication.
         *
         * @param user the user
         * @param password where the password is read from
         */
        record Basic(String user, PasswordSource password) implements Credentials {
            /** Checks that there is a user. */
            public Basic {
                Objects.requireNonNull(password, "password");
                if (user.isEmpty() || user.indexOf(':') >= 0) {
                    throw new IllegalArgumentException("expected a user name without a colon");
                }
            }
        }

        /**
         * A bearer token.
         *
         * @param token where the token is read from
         */
        record Bearer(PasswordSource token) implements Credentials {
            /** Checks that nothing is missing. */
            public Bearer {
                Objects.requireNonNull(token, "token");
            }
        }
    }
}
