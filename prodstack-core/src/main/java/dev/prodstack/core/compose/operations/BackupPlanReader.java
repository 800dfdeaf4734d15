package dev.prodstack.core.compose.operations;

import dev.prodstack.core.backup.BackupPlan;
import dev.prodstack.core.backup.BackupPlan.Drill;
import dev.prodstack.core.backup.BackupPlan.Offsite;
import dev.prodstack.core.backup.BackupPlan.Request;
import dev.prodstack.core.backup.BackupPlan.Schedule;
import dev.prodstack.core.backup.BackupPlan.Verification;
import dev.prodstack.core.backup.RepositorySpec;
import dev.prodstack.core.backup.Retention;
import dev.prodstack.core.backup.RetentionSpan;
import dev.prodstack.core.compose.read.Fields;
import dev.prodstack.core.compose.read.Place;
import dev.prodstack.core.cron.CronSchedule;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads {@code backup} at the top of a file. */
final class BackupPlanReader {
    private static final int MAX_PORT = 65_535;
    private static final int FIRST_STATUS = 100;
    private static final int LAST_STATUS = 599;

    private final Mentions mentions;

    BackupPlanReader(Mentions mentions) {
        this.mentions = mentions;
    }

    Optional<BackupPlan> read(Place place) {
        Fields fields = place.fields();
        Optional<RepositorySpec> repository = fields.required(
                        "repository", "add repository: with directory, volume or s3")
                .flatMap(new RepositoryReader(mentions)::read);
        Optional<Schedule> schedule = fields.given("schedule")
                .map(BackupPlanReader::schedule)
                .orElse(Optional.of(Schedule.daily(Parts.DEFAULT_ZONE)));
        ZoneId zone = schedule.map(times -> times.when().zone()).orElse(Parts.DEFAULT_ZONE);
        Optional<Retention> retention =
                fields.given("retention").map(BackupPlanReader::retention).orElse(Optional.of(Retention.standard()));
        List<String> order = order(fields);
        Optional<Verification> verification =
                fields.given("verify").map(BackupPlanReader::verification).orElse(Optional.of(Verification.standard()));
        Optional<Offsite> offsite = fields.given("offsite").flatMap(given -> offsite(given, zone, repository));
        Optional<Drill> drill = Parts.part(fields, "drill").flatMap(section -> drill(section, zone));
        List<String> secrets = secrets(fields);
        fields.end();
        if (repository.isEmpty() || schedule.isEmpty() || retention.isEmpty() || verification.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new BackupPlan(
                repository.get(), schedule.get(), retention.get(), order, verification.get(), offsite, drill, secrets));
    }

    private static Optional<Schedule> schedule(Place place) {
        if (Parts.isScalar(place)) {
            return Parts.schedule(place, Parts.DEFAULT_ZONE)
                    .map(times -> new Schedule(times, Schedule.DEFAULT_CATCH_UP));
        }
        Fields fields = place.fields();
        Schedule standard = Schedule.daily(Parts.zone(fields, Parts.DEFAULT_ZONE));
        Optional<CronSchedule> times =
                fields.has("cron") ? Parts.schedule(fields, Parts.DEFAULT_ZONE) : Optional.of(standard.when());
        fields.get("cron");
        Duration catchUp = fields.duration("catch_up").orElse(standard.catchUp());
        fields.end();
        return times.map(when -> new Schedule(when, catchUp));
    }

    private static Optional<Retention> retention(Place place) {
        if (Parts.isScalar(place)) {
            return place.parsed(RetentionSpan::parse)
                    .map(span -> new Retention(0, 0, 0, 0, 0, 0, Optional.of(span), Set.of()));
        }
        Fields fields = place.fields();
        int last = count(fields, "last");
        int hourly = count(fields, "hourly");
        int daily = count(fields, "daily");
        int weekly = count(fields, "weekly");
        int monthly = count(fields, "monthly");
        int yearly = count(fields, "yearly");
        Optional<RetentionSpan> within = fields.parsed("within", RetentionSpan::parse);
        Set<String> tags = new LinkedHashSet<>(fields.items("tags", Place::word));
        fields.end();
        return fields.has("within") == within.isPresent()
                ? place.made(() -> new Retention(last, hourly, daily, weekly, monthly, yearly, within, tags))
                : Optional.empty();
    }

    private static int count(Fields fields, String key) {
        Optional<Place> place = fields.given(key);
        if (place.isPresent() && place.get().text().equals(Optional.of("all"))) {
            return Retention.ALL;
        }
        return fields.integer(key, 0, Integer.MAX_VALUE).orElse(0);
    }

    private List<String> order(Fields fields) {
        Optional<Place> order = fields.given("order");
        order.map(Place::items).orElse(List.of()).forEach(item -> {
            if (Parts.isScalar(item)) {
                mentions.backedUpService(item, item.text().orElse(""));
            }
        });
        return order.map(Parts::names).orElse(List.of());
    }

    private static Optional<Verification> verification(Place place) {
        if (Parts.isScalar(place)) {
            return place.choice(Verification.Level.class).map(level -> level);
        }
        Fields fields = place.fields();
        OptionalInt parts = fields.required("parts", "add parts: 30, or write verify: structure or verify: data")
                .map(given -> given.integer(2, Integer.MAX_VALUE))
                .orElseGet(OptionalInt::empty);
        fields.end();
        return parts.isPresent() ? Optional.of(new Verification.Rotating(parts.getAsInt())) : Optional.empty();
    }

    private Optional<Offsite> offsite(Place place, ZoneId zone, Optional<RepositorySpec> original) {
        Fields fields = place.fields();
        Optional<RepositorySpec> repository = fields.required(
                        "repository", "add repository: with directory, volume or s3")
                .flatMap(new RepositoryReader(mentions)::read);
        Optional<CronSchedule> schedule = fields.given("schedule").flatMap(given -> Parts.schedule(given, zone));
        Optional<Retention> retention = fields.given("retention").flatMap(BackupPlanReader::retention);
        fields.end();
        if (repository.isPresent()
                && repository.map(RepositorySpec::location).equals(original.map(RepositorySpec::location))) {
            place.problem(
                    "the offsite copy is in the same place as the repository",
                    "give it a directory, volume or bucket of its own");
            return Optional.empty();
        }
        return repository.map(copy -> new Offsite(copy, schedule, retention));
    }

    private Optional<Drill> drill(Fields fields, ZoneId zone) {
        Drill standard = Drill.monthly(zone);
        CronSchedule schedule = fields.given("schedule")
                .flatMap(given -> Parts.schedule(given, zone))
                .orElse(standard.schedule());
        Duration timeout = Parts.span(fields, "timeout").orElse(standard.timeout());
        List<Request> requests = fields.items("requests", this::request);
        fields.end();
        return fields.place().made(() -> new Drill(schedule, timeout, requests));
    }

    private Optional<Request> request(Place place) {
        Fields fields = place.fields();
        Optional<Place> service = fields.required("service", "add service: with the service to ask");
        OptionalInt port = fields.required("port", "add port: with the port in its containers")
                .map(given -> given.integer(1, MAX_PORT))
                .orElseGet(OptionalInt::empty);
        String path = fields.parsed("path", Request::checkedPath).orElse("/");
        int status = fields.integer("status", FIRST_STATUS, LAST_STATUS).orElse(Request.OK);
        fields.end();
        Optional<String> name = service.flatMap(Place::word);
        name.ifPresent(word -> mentions.service(service.orElseThrow(), word));
        return port.isPresent()
                ? name.flatMap(word -> place.made(() -> new Request(word, port.getAsInt(), path, status)))
                : Optional.empty();
    }

    private List<String> secrets(Fields fields) {
        Optional<Place> secrets = fields.given("secrets");
        secrets.map(Place::items).orElse(List.of()).forEach(item -> {
            if (Parts.isScalar(item)) {
                mentions.secret(item, item.text().orElse(""));
            }
        });
        return secrets.map(Parts::names).orElse(List.of());
    }
}
