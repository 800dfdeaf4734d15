package dev.prodstack.core.compose.operations;

import dev.prodstack.core.compose.read.Fields;
import dev.prodstack.core.compose.read.OperationsReading;
import dev.prodstack.core.compose.read.Place;
import dev.prodstack.core.rollout.RolloutStrategy;
import dev.prodstack.core.scaling.MetricSources;
import dev.prodstack.core.scaling.ScalingPolicy;
import dev.prodstack.core.stack.Deploy;
import dev.prodstack.core.stack.Operations;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.core.stack.StackOperations;
import dev.prodstack.core.yaml.Node.MapNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the extensions of one stack. */
public final class OperationsReader implements OperationsReading {
    private static final Pattern RULE = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    private final Mentions mentions = new Mentions();

    /** A reader that has seen nothing yet. */
    public OperationsReader() {}

    /** Reads a scaling policy that stands by itself, beside no service. */
    public static Optional<ScalingPolicy> scaling(Place place, Deploy deploy) {
        return new ScalingReader(deploy).read(place);
    }

    @Override
    public Operations service(String name, Fields service, Deploy deploy) {
        reportUnderDeploy(service);
        Optional<Place> extension = service.given(Operations.KEY);
        return extension.isEmpty()
                ? Operations.none()
                : operations(name, extension.get().fields(), deploy);
    }

    private Operations operations(String service, Fields fields, Deploy deploy) {
        Operations operations = new Operations(
                fields.given("autoscale").flatMap(place -> new ScalingReader(deploy).read(place)),
                fields.given("backup").flatMap(place -> new BackupReader(service, mentions).read(place)),
                fields.given("rollout")
                        .flatMap(place -> RolloutReader.read(place, deploy))
                        .orElse(RolloutStrategy.Rolling.ROLLING),
                fields.given("migrate").flatMap(MigrationReader::read),
                ignoredLintRules(fields));
        fields.end();
        return operations;
    }

    /** An extension that nobody reads looks as if it worked. */
    private static void reportUnderDeploy(Fields service) {
        service.section("deploy")
                .get(Operations.KEY)
                .ifPresent(place -> place.problem(
                        Operations.KEY + " is not read under deploy",
                        "move it one level up, beside image: and deploy:"));
    }

    @Override
    public StackOperations stack(Fields root) {
        Optional<Place> extension = root.given(Operations.KEY);
        if (extension.isEmpty()) {
            return StackOperations.none();
        }
        Fields fields = extension.get().fields();
        StackOperations operations = new StackOperations(
                fields.given("autoscale")
                        .flatMap(place -> new MetricSourcesReader(mentions).read(place))
                        .orElseGet(MetricSources::standard),
                fields.given("backup").flatMap(place -> new BackupPlanReader(mentions).read(place)),
                ignoredLintRules(fields));
        fields.end();
        return operations;
    }

    @Override
    public void resource(Place resource) {
        if (resource.node() instanceof MapNode) {
            resource.fields().given(Operations.KEY).map(Place::fields).ifPresent(fields -> {
                ignoredLintRules(fields);
                fields.end();
            });
        }
    }

    /** Reports every secret, volume and service that an extension names and the stack does not have. */
    public void check(Stack stack) {
        mentions.check(stack);
    }

    private static Set<String> ignoredLintRules(Fields fields) {
        Optional<Place> lint = fields.given("lint");
        if (lint.isEmpty()) {
            return Set.of();
        }
        Fields section = lint.get().fields();
        List<String> rules = section.items("ignore", OperationsReader::rule);
        section.end();
        return new LinkedHashSet<>(rules);
    }

    private static Optional<String> rule(Place place) {
        Optional<String> name = place.word();
        if (name.isPresent() && !RULE.matcher(name.get()).matches()) {
            return place.wrong(
                    "the name of a lint rule such as moving-tag", "prodstack lint shows it with each finding");
        }
        return name;
    }
}
