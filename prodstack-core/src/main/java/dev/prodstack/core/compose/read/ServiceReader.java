package dev.prodstack.core.compose.read;

import dev.prodstack.core.stack.Confinement;
import dev.prodstack.core.stack.Confinement.CredentialSpec;
import dev.prodstack.core.stack.Confinement.Ulimit;
import dev.prodstack.core.stack.ContainerProcess;
import dev.prodstack.core.stack.Dependency;
import dev.prodstack.core.stack.Deploy;
import dev.prodstack.core.stack.FileReference;
import dev.prodstack.core.stack.HealthCheck;
import dev.prodstack.core.stack.Logging;
import dev.prodstack.core.stack.Service;
import dev.prodstack.core.value.Data;
import dev.prodstack.core.value.FileMode;
import dev.prodstack.core.value.ImageReference;
import dev.prodstack.core.yaml.Node.ScalarNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Reads one service. */
final class ServiceReader {
    private static final Set<String> TESTS = Set.of("NONE", "CMD", "CMD-SHELL");
    private static final Map<String, Shape> COMPOSE_ONLY = Shapes.ofService();
    private static final long UNLIMITED = -1;

    private final String name;
    private final OperationsReading operations;
    private final Fields fields;

    ServiceReader(String name, Place place, OperationsReading operations) {
        this.name = name;
        this.operations = operations;
        this.fields = place.fields();
    }

    Service read() {
        Connections connections = new Connections(fields);
        // Resolved before this point; the keys are known, and say nothing any more. An extends that is still here
        // leads nowhere, which was reported.
        List.of("extends", "profiles", "env_file", "label_file").forEach(fields::get);
        Deploy deploy = new DeployReader(fields).read();
        Service service = new Service(
                name,
                image(),
                process(),
                environment(),
                fields.texts("labels"),
                fields.given("healthcheck").map(ServiceReader::healthCheck),
                fields.given("logging").map(ServiceReader::logging),
                connections.naming(),
                confinement(),
                new MountReader(fields).mounts(),
                fields.items("secrets", ServiceReader::fileReference),
                fields.items("configs", ServiceReader::fileReference),
                connections.networks(),
                connections.ports(),
                fields.entries("depends_on", ServiceReader::dependency),
                deploy,
                composeOnly(),
                operations.service(name, fields, deploy),
                fields.extensions());
        if (!service.networks().isEmpty()) {
            fields.get("network_mode")
                    .ifPresent(mode ->
                            mode.problem("a service has either a network_mode or networks", "remove one of the two"));
        }
        fields.end();
        return service;
    }

    private Optional<ImageReference> image() {
        if (List.of("image", "build", "provider", "extends").stream().noneMatch(fields::has)) {
            fields.place().problem("the service has no image", "add image: with the image its tasks run");
        }
        return fields.get("image")
                .flatMap(place -> place.string().flatMap(text -> place.parsed(ImageReference::parse)));
    }

    private ContainerProcess process() {
        return new ContainerProcess(
                fields.given("command").map(place -> place.items(Place::string)),
                fields.given("entrypoint").map(place -> place.items(Place::string)),
                fields.string("working_dir"),
                fields.string("user"),
                fields.items("group_add", Place::text),
                fields.bool("init"),
                fields.flag("tty"),
                fields.flag("stdin_open"),
                fields.string("stop_signal"),
                fields.duration("stop_grace_period"));
    }

    private Map<String, Optional<String>> environment() {
        return fields.entries("environment", value -> Optional.of(value.isNull() ? Optional.empty() : value.text()));
    }

    private static HealthCheck healthCheck(Place place) {
        Fields fields = place.fields();
        Optional<List<String>> test =
                fields.given("test").map(ServiceReader::test).filter(words -> !words.isEmpty());
        boolean disabled = fields.flag("disable");
        if (disabled && test.filter(words -> !words.get(0).equals("NONE")).isPresent()) {
            place.problem("a health check is either disabled or has a test, not both", "remove one of the two");
        }
        HealthCheck check = new HealthCheck(
                test,
                fields.duration("interval"),
                fields.duration("timeout"),
                fields.duration("start_period"),
                fields.duration("start_interval"),
                fields.integer("retries", 0, Integer.MAX_VALUE),
                disabled);
        fields.end();
        return check;
    }

    private static List<String> test(Place place) {
        List<String> words = place.items(Place::string);
        if (!words.isEmpty() && !TESTS.contains(words.get(0))) {
            place.problem(
                    "a test that is a list begins with CMD, CMD-SHELL or NONE, found \"" + words.get(0) + "\"",
                    "write [\"CMD\", \"" + words.get(0) + "\", ...]");
        }
        return words;
    }

    private static Logging logging(Place place) {
        Fields fields = place.fields();
        Logging logging = new Logging(fields.string("driver"), fields.texts("options"));
        fields.end();
        return logging;
    }

    private Confinement confinement() {
        return new Confinement(
                fields.strings("cap_add"),
                fields.strings("cap_drop"),
                fields.flag("read_only"),
                fields.texts("sysctls"),
                fields.entries("ulimits", ServiceReader::ulimit),
                oomScore(),
                fields.string("isolation"),
                fields.given("credential_spec").flatMap(ServiceReader::credentialSpec));
    }

    private OptionalInt oomScore() {
        return fields.integer("oom_score_adj", -1000, 1000);
    }

    private static Optional<Ulimit> ulimit(Place place) {
        Fields fields = place.fields();
        OptionalLong soft = limit(fields, "soft");
        OptionalLong hard = limit(fields, "hard");
        fields.end();
        if (soft.isEmpty() || hard.isEmpty()) {
            return Optional.empty();
        }
        if (hard.getAsLong() != UNLIMITED && (soft.getAsLong() == UNLIMITED || soft.getAsLong() > hard.getAsLong())) {
            place.problem("the soft limit is above the hard one", "raise hard or lower soft");
        }
        return Optional.of(new Ulimit(soft.getAsLong(), hard.getAsLong()));
    }

    private static OptionalLong limit(Fields fields, String key) {
        return fields.required(key, "give both soft and hard")
                .map(place -> place.integer(UNLIMITED, Long.MAX_VALUE))
                .orElseGet(OptionalLong::empty);
    }

    private static Optional<CredentialSpec> credentialSpec(Place place) {
        Fields fields = place.fields();
        List<CredentialSpec> given = new ArrayList<>();
        fields.string("config").map(CredentialSpec.FromConfig::new).ifPresent(given::add);
        fields.string("file").map(CredentialSpec.FromFile::new).ifPresent(given::add);
        fields.string("registry").map(CredentialSpec.FromRegistry::new).ifPresent(given::add);
        fields.end();
        if (given.size() != 1) {
            return place.wrong("one of config, file and registry", "");
        }
        return Optional.of(given.get(0));
    }

    private static Optional<FileReference> fileReference(Place place) {
        Fields fields = place.fields();
        Optional<String> source = fields.required("source", "name a secret or config of this file")
                .flatMap(Place::word);
        FileReference reference = new FileReference(
                source.orElse(""),
                fields.string("target"),
                fields.get("uid").flatMap(Place::text),
                fields.get("gid").flatMap(Place::text),
                fields.get("mode").flatMap(ServiceReader::mode));
        fields.end();
        return source.isPresent() ? Optional.of(reference) : Optional.empty();
    }

    /** A number is a number, whatever its base ({@code 0440}, {@code 288}); a string is octal. */
    static Optional<FileMode> mode(Place place) {
        if (place.node() instanceof ScalarNode scalar && scalar.isString()) {
            return place.parsed(FileMode::parseOctal);
        }
        OptionalInt bits = place.integer(0, 07777);
        return bits.isPresent() ? Optional.of(new FileMode(bits.getAsInt())) : Optional.empty();
    }

    private static Optional<Dependency> dependency(Place place) {
        Fields fields = place.fields();
        Optional<Dependency.Condition> condition = fields.required("condition", "write condition: service_healthy")
                .flatMap(value -> value.choice(Dependency.Condition.class));
        Dependency dependency = new Dependency(
                condition.orElse(Dependency.Condition.SERVICE_STARTED),
                fields.bool("required").orElse(true),
                fields.flag("restart"));
        fields.end();
        return Optional.of(dependency);
    }

    private Map<String, Data> composeOnly() {
        Map<String, Data> values = new LinkedHashMap<>();
        COMPOSE_ONLY.forEach(
                (key, shape) -> fields.get(key).flatMap(shape::read).ifPresent(data -> values.put(key, data)));
        return values;
    }
}
