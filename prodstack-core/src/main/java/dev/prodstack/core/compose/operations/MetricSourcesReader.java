package dev.prodstack.core.compose.operations;

import dev.prodstack.core.compose.read.Fields;
import dev.prodstack.core.compose.read.Place;
import dev.prodstack.core.scaling.MetricSources;
import dev.prodstack.core.scaling.MetricSources.Credentials;
import dev.prodstack.core.scaling.MetricSources.Endpoint;
import dev.prodstack.core.value.HttpAddress;
import dev.prodstack.core.value.PasswordSource;
import java.time.Duration;
import java.util.Optional;

/** Reads {@code autoscale} at the top of a file. */
final class MetricSourcesReader {
    private final Mentions mentions;

    MetricSourcesReader(Mentions mentions) {
        this.mentions = mentions;
    }

    Optional<MetricSources> read(Place place) {
        Fields fields = place.fields();
        Duration interval =
                fields.duration("interval").orElse(MetricSources.standard().interval());
        Optional<Endpoint> prometheus = fields.given("prometheus").flatMap(this::endpoint);
        Optional<Endpoint> rabbitMq = fields.given("rabbitmq").flatMap(this::endpoint);
        fields.end();
        return place.made(() -> new MetricSources(interval, prometheus, rabbitMq));
    }

    private Optional<Endpoint> endpoint(Place place) {
        if (Parts.isScalar(place)) {
            return place.parsed(HttpAddress::parse)
                    .map(address -> new Endpoint(address, Credentials.None.NONE, Optional.empty()));
        }
        Fields fields = place.fields();
        Optional<HttpAddress> address =
                fields.required("url", "add url: http://HOST:PORT").flatMap(given -> given.parsed(HttpAddress::parse));
        Optional<Credentials> credentials = credentials(place, fields);
        Optional<String> caFile = fields.string("ca_file");
        fields.end();
        return address.flatMap(url -> credentials.map(login -> new Endpoint(url, login, caFile)));
    }

    private Optional<Credentials> credentials(Place place, Fields fields) {
        Optional<String> user = fields.string("user");
        Optional<PasswordSource> password = Parts.password(fields, "password", mentions);
        Optional<PasswordSource> token = Parts.password(fields, "token", mentions);
        if (token.isPresent()) {
            if (user.isPresent() || password.isPresent()) {
                place.problem("a token and a user with a password are both given", "keep one of the two");
            }
            return Optional.of(new Credentials.Bearer(token.get()));
        }
        if (user.isPresent() != password.isPresent()) {
            place.problem(
                    "a user needs a password and a password a user",
                    user.isPresent() ? "add password_secret or password_file" : "add user");
            return Optional.empty();
        }
        return user.isEmpty()
                ? Optional.of(Credentials.None.NONE)
                : place.made(() -> new Credentials.Basic(user.get(), password.orElseThrow()));
    }
}
