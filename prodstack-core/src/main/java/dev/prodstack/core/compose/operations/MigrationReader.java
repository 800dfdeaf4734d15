package dev.prodstack.core.compose.operations;

import dev.prodstack.core.compose.read.Fields;
import dev.prodstack.core.compose.read.Place;
import dev.prodstack.core.rollout.Migration;
import dev.prodstack.core.rollout.Migration.Job;
import dev.prodstack.core.yaml.Node.MapNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code migrate} beside a service. */
final class MigrationReader {
    private MigrationReader() {}

    static Optional<Migration> read(Place place) {
        if (!(place.node() instanceof MapNode)) {
            return job(place).map(expand -> new Migration(expand, Optional.empty()));
        }
        Fields fields = place.fields();
        Optional<Job> expand = fields.required("expand", "add expand: with the command that runs before the rollout")
                .flatMap(MigrationReader::job);
        Optional<Job> contract = fields.given("contract").flatMap(MigrationReader::job);
        fields.end();
        return expand.map(job -> new Migration(job, contract));
    }

    /** A command alone, or one with its settings. */
    private static Optional<Job> job(Place place) {
        if (!(place.node() instanceof MapNode)) {
            return Parts.command(place).map(words -> new Job(words, Map.of(), Job.DEFAULT_TIMEOUT, 1));
        }
        Fields fields = place.fields();
        Optional<List<String>> command =
                fields.required("command", "add command: with what to run").flatMap(Parts::command);
        Map<String, String> environment = fields.texts("environment");
        Duration timeout = Parts.span(fields, "timeout").orElse(Job.DEFAULT_TIMEOUT);
        int attempts = fields.integer("attempts", 1, Integer.MAX_VALUE).orElse(1);
        fields.end();
        return command.map(words -> new Job(words, environment, timeout, attempts));
    }
}
