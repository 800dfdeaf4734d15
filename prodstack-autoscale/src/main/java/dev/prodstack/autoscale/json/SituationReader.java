package dev.prodstack.autoscale.json;

import dev.prodstack.autoscale.decision.History;
import dev.prodstack.autoscale.decision.Measurement;
import dev.prodstack.autoscale.decision.Measurement.Sample;
import dev.prodstack.autoscale.decision.Replica;
import dev.prodstack.autoscale.decision.Replica.Readiness;
import dev.prodstack.autoscale.decision.Replica.State;
import dev.prodstack.autoscale.decision.Replica.Status;
import dev.prodstack.autoscale.decision.Replicas;
import dev.prodstack.autoscale.decision.Requests;
import dev.prodstack.autoscale.decision.Requests.Container;
import dev.prodstack.autoscale.decision.Requests.Share;
import dev.prodstack.autoscale.decision.Situation;
import dev.prodstack.core.value.ByteSize;
import dev.prodstack.core.value.CpuCount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads what was observed. */
final class SituationReader {
    private static final int MOST_REPLICAS = 100_000;

    private final Instant now;
    private final List<Replica> replicas = new ArrayList<>();

    private SituationReader(Instant now) {
        this.now = now;
    }

    static Situation read(Field root, Instant now, int current, int existing, History history) {
        SituationReader reader = new SituationReader(now);
        root.get("replicas").ifPresent(field -> field.items().forEach(reader::addReplicas));
        Map<String, Measurement> measurements = new HashMap<>();
        root.get("measurements")
                .ifPresent(field -> field.entries()
                        .forEach((name, given) -> measurements.put(name, given.made(reader::measurement))));
        return new Situation(current, existing, Replicas.of(reader.replicas), measurements, history);
    }

    private void addReplicas(Field field) {
        field.object("count", "state", "started", "ready", "since", "containers");
        State state = field.get("state").map(SituationReader::state).orElse(State.RUNNING);
        Optional<Instant> started = field.get("started").map(given -> given.time(now));
        Optional<Status> status = field.get("ready").map(given -> given.truth() ? Status.READY : Status.UNREADY);
        Optional<Readiness> readiness =
                status.map(its -> new Readiness(its, field.required("since").time(now)));
        List<Container> containers = field.get("containers").map(Field::items).orElse(List.of()).stream()
                .map(SituationReader::container)
                .toList();
        Replica replica = new Replica(
                state, started, readiness, containers.isEmpty() ? Requests.none() : new Requests(containers));
        int count = field.get("count").map(given -> given.integer(1)).orElse(1);
        if (count > MOST_REPLICAS - replicas.size()) {
            throw field.wrong("these make more than " + MOST_REPLICAS + " replicas");
        }
        for (int i = 0; i < count; i++) {
            replicas.add(replica);
        }
    }

    private static State state(Field field) {
        String word = field.text();
        for (State state : State.values()) {
            if (state.name().toLowerCase(Locale.ROOT).equals(word)) {
                return state;
            }
        }
        throw field.wrong("expected pending, running, replacing, failed or deleting, found \"" + word + "\"");
    }

    private static Container container(Field field) {
        field.object("reservation", "limit");
        return new Container(
                field.get("reservation").map(SituationReader::share).orElse(Share.none()),
                field.get("limit").map(SituationReader::share).orElse(Share.none()));
    }

    private static Share share(Field field) {
        field.object("cpus", "memory");
        return new Share(
                field.get("cpus").map(given -> given.made(its -> CpuCount.parse(amount(its)))),
                field.get("memory").map(given -> given.made(its -> ByteSize.parse(amount(its)))));
    }

    private static String amount(Field field) {
        return field.node().isNumber() ? field.node().decimalValue().toPlainString() : field.text();
    }

    private Measurement measurement(Field field) {
        field.object("failed", "total", "samples");
        Optional<Field> failed = field.get("failed");
        Optional<Field> total = field.get("total");
        Optional<Field> samples = field.get("samples");
        if (List.of(failed, total, samples).stream().filter(Optional::isPresent).count() != 1) {
            throw field.wrong("expected one of failed, total and samples");
        }
        if (failed.isPresent()) {
            return Measurement.failed(failed.get().text());
        }
        return total.isPresent()
                ? new Measurement.Total(
                        total.get().items().stream().map(this::sample).toList())
                : perReplica(samples.orElseThrow());
    }

    private Sample sample(Field field) {
        if (!field.node().isObject()) {
            return new Sample(field.number(), now);
        }
        field.object("value", "at");
        return new Sample(field.required("value").number(), at(field));
    }

    /** One item for each replica in their order: a number, null for none, an object, or a list of these. */
    private Measurement perReplica(Field field) {
        List<Field> items = field.items();
        if (items.size() != replicas.size()) {
            throw field.wrong("expected one item for each of the " + replicas.size() + " replicas, null where there is"
                    + " no sample; found " + items.size());
        }
        Measurement.PerReplica.Builder builder = Measurement.perReplica(replicas.size());
        for (int i = 0; i < items.size(); i++) {
            Field item = items.get(i);
            for (Field single : item.node().isArray() ? item.items() : List.of(item)) {
                add(builder, i, single);
            }
        }
        return builder.build();
    }

    private void add(Measurement.PerReplica.Builder builder, int replica, Field field) {
        if (field.node().isNull()) {
            return;
        }
        if (!field.node().isObject()) {
            builder.add(replica, field.number(), now);
            return;
        }
        field.object("value", "at", "window");
        Duration window = field.get("window").map(Field::seconds).orElse(Duration.ZERO);
        builder.add(replica, field.required("value").number(), at(field), window);
    }

    private Instant at(Field field) {
        return field.get("at").map(given -> given.time(now)).orElse(now);
    }
}
