package dev.prodstack.core.compose.operations;

import dev.prodstack.core.compose.read.Fields;
import dev.prodstack.core.compose.read.Place;
import dev.prodstack.core.scaling.Metric;
import dev.prodstack.core.scaling.Quantity;
import dev.prodstack.core.scaling.Signal;
import dev.prodstack.core.scaling.Signal.Basis;
import dev.prodstack.core.scaling.Signal.QueueCount;
import dev.prodstack.core.scaling.Signal.Reading;
import dev.prodstack.core.scaling.Signal.Resource;
import dev.prodstack.core.scaling.Threshold;
import dev.prodstack.core.stack.Deploy;
import dev.prodstack.core.value.ByteSize;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Reads the items of {@code metrics} and {@code thresholds}. */
final class SignalReader {
    private static final String NAME = "name";
    private static final String QUEUE = "queue";
    private static final List<String> KINDS = List.of("cpu", "memory", QUEUE, "prometheus");
    private static final String ABSOLUTE = "absolute";

    private final Deploy deploy;

    SignalReader(Deploy deploy) {
        this.deploy = deploy;
    }

    /**
     * A signal and how values in its unit are read.
     *
     * @param signal the signal
     * @param unit reads a value
     */
    private record Scale(Signal signal, Function<String, Quantity> unit) {
        Optional<Quantity> value(Optional<Place> place) {
            return place.flatMap(given -> given.parsed(unit));
        }
    }

    Optional<Metric> metric(Place item) {
        Fields fields = item.fields();
        Optional<String> name = fields.string(NAME);
        Optional<String> kind = Parts.kind(fields, "a metric", KINDS);
        fields.end();
        return kind.flatMap(key -> {
            Place value = fields.get(key).orElseThrow();
            return isResource(key) && Parts.isScalar(value)
                    ? utilization(key, Optional.empty(), value)
                            .flatMap(scale -> metric(item, name, scale, scale.value(Optional.of(value))))
                    : metricInFull(item, name, key, value);
        });
    }

    private Optional<Metric> metricInFull(Place item, Optional<String> name, String kind, Place value) {
        Fields fields = value.fields();
        Optional<Scale> scale = scale(kind, fields);
        Optional<Place> target = fields.required("target", "add target: with the value to keep to");
        fields.end();
        return scale.flatMap(read -> metric(item, name, read, read.value(target)));
    }

    private static Optional<Metric> metric(Place item, Optional<String> name, Scale scale, Optional<Quantity> target) {
        Signal signal = scale.signal();
        return target.flatMap(value -> item.made(() -> new Metric(name.orElse(signal.label()), signal, value)));
    }

    Optional<Threshold> threshold(Place item) {
        Fields fields = item.fields();
        Optional<String> name = fields.string(NAME);
        Optional<String> kind = Parts.kind(fields, "a threshold", KINDS);
        fields.end();
        return kind.flatMap(key -> threshold(item, name, key, fields.get(key).orElseThrow()));
    }

    private Optional<Threshold> threshold(Place item, Optional<String> name, String kind, Place value) {
        Fields fields = value.fields();
        Optional<Scale> scale = scale(kind, fields);
        Optional<Place> above = fields.required("above", "add above: with the value beyond which replicas are added");
        Optional<Place> below = fields.required("below", "add below: with the value under which replicas are removed");
        fields.end();
        if (scale.isEmpty()) {
            return Optional.empty();
        }
        Signal signal = scale.get().signal();
        Optional<Quantity> most = scale.get().value(above);
        Optional<Quantity> least = scale.get().value(below);
        return most.flatMap(upper -> least.flatMap(
                lower -> item.made(() -> new Threshold(name.orElse(signal.label()), signal, upper, lower))));
    }

    private Optional<Scale> scale(String kind, Fields fields) {
        if (isResource(kind)) {
            Optional<Place> of = fields.get("of");
            Resource resource = resource(kind);
            if (of.isPresent() && of.get().text().equals(Optional.of(ABSOLUTE))) {
                return Optional.of(new Scale(
                        new Signal.Usage(resource),
                        resource == Resource.CPU
                                ? Quantity::parse
                                : text -> Quantity.of(ByteSize.parse(text).bytes())));
            }
            return utilization(kind, of, fields.place());
        }
        return kind.equals(QUEUE) ? queue(fields) : query(fields);
    }

    private Optional<Scale> utilization(String kind, Optional<Place> of, Place at) {
        Resource resource = resource(kind);
        Optional<Basis> named = Optional.empty();
        if (of.isPresent()) {
            named = of.get()
                    .choice(List.of(Basis.RESERVATION.toString(), Basis.LIMIT.toString(), ABSOLUTE))
                    .map(word -> Basis.valueOf(word.toUpperCase(Locale.ROOT)));
            if (named.isEmpty()) {
                return Optional.empty();
            }
        }
        Basis basis = named.orElse(given(resource, Basis.RESERVATION) ? Basis.RESERVATION : Basis.LIMIT);
        if (!given(resource, basis)) {
            String section = named.isPresent() ? basis + "s" : "reservations";
            of.orElse(at)
                    .problem(
                            "utilisation of " + resource + " is a percentage of the service's "
                                    + (named.isPresent() ? basis : "reservation or limit") + ", and it has none",
                            "add deploy.resources." + section + "." + (resource == Resource.CPU ? "cpus" : "memory"));
            return Optional.empty();
        }
        return Optional.of(new Scale(new Signal.Utilization(resource, basis), SignalReader::percent));
    }

    private boolean given(Resource resource, Basis basis) {
        boolean limit = basis == Basis.LIMIT;
        return resource == Resource.CPU
                ? (limit
                                ? deploy.resources().limits().cpus()
                                : deploy.resources().reservations().cpus())
                        .isPresent()
                : (limit
                                ? deploy.resources().limits().memory()
                                : deploy.resources().reservations().memory())
                        .isPresent();
    }

    private static Optional<Scale> queue(Fields fields) {
        Optional<Place> place = fields.required("queues", "add queues: with the names of the queues");
        List<String> queues = place.map(given ->
                        Parts.isScalar(given) ? given.word().map(List::of).orElse(List.of()) : Parts.names(given))
                .orElse(List.of());
        String virtualHost = fields.string("virtual_host").orElse("/");
        QueueCount count = fields.choice("count", QueueCount.class).orElse(QueueCount.READY_AND_UNACKED);
        return place.filter(given -> !queues.isEmpty() || given.items().isEmpty())
                .flatMap(given -> given.made(() -> new Signal.Queue(queues, virtualHost, count)))
                .map(signal -> new Scale(signal, Quantity::parse));
    }

    private static Optional<Scale> query(Fields fields) {
        Optional<String> promql =
                fields.required("query", "add query: with a PromQL expression").flatMap(Place::string);
        Reading reading = fields.choice("reading", Reading.class).orElse(Reading.VALUE);
        return promql.flatMap(text -> fields.place().made(() -> new Signal.Query(text, reading)))
                .map(signal -> new Scale(signal, Quantity::parse));
    }

    private static Quantity percent(String text) {
        String number = text.strip();
        return Quantity.parse(
                number.endsWith("%") ? number.substring(0, number.length() - 1).strip() : number);
    }

    private static boolean isResource(String kind) {
        return kind.equals("cpu") || kind.equals("memory");
    }

    private static Resource resource(String kind) {
        return Resource.valueOf(kind.toUpperCase(Locale.ROOT));
    }
}
