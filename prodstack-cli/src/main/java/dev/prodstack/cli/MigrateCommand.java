package dev.prodstack.cli;

import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.core.problem.Suggestion;
import dev.prodstack.core.rollout.Migration;
import dev.prodstack.core.stack.Service;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.swarm.Swarm;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code prodstack migrate}. */
@Command(
        name = "migrate",
        header = "Run a job of a service's migration in the image that it has now.",
        description = {
            "prodstack migrate backend --contract            drop what only older ones need",
            "prodstack migrate backend --contract --dry-run  what it would do",
            "prodstack migrate backend                       run the expanding job again",
        },
        customSynopsis = "prodstack migrate SERVICE [OPTIONS]",
        footer = {
            "The jobs stand in the Compose file, under x-prodstack.migrate beside the service. A",
            "deploy runs the expanding one by itself before a new image. Contract only when no",
            "release that needs the old form is to run again: there is no way back after it."
        })
final class MigrateCommand extends StackAction {
    @Parameters(arity = "0..1", paramLabel = "SERVICE", description = "The service, as the Compose file calls it.")
    private Optional<String> service = Optional.empty();

    @Option(names = "--contract", description = "Run the job that removes what only older versions need.")
    private boolean contract;

    @Mixin
    private ApplyOptions applying = new ApplyOptions();

    MigrateCommand() {}

    @Override
    ExitCode run(Context context) {
        applying.options();
        String key = service.orElseThrow(
                () -> Failure.usage("no service given", "name one: prodstack migrate backend --contract"));
        Stack file = StackFiles.load(context).stack();
        Migration.Job job = job(file, key);
        try (Swarm swarm = ConnectionOptions.connect(context)) {
            ApplyOptions.Work work = new ApplyOptions.Work(
                    file.name(),
                    "migrate",
                    "migrate " + key + (contract ? " --contract" : ""),
                    () -> swarm.planMigration(file.name(), key, job));
            return applying.run(context, swarm, work);
        }
    }

    private Migration.Job job(Stack file, String key) {
        Service its = file.services().get(key);
        if (its == null) {
            throw Failure.usage(
                    "the Compose file has no service \"" + key + "\"",
                    Suggestion.forWord(key, file.services().keySet())
                            .orElse("it has "
                                    + String.join(", ", file.services().keySet())));
        }
        Migration migration = its.operations()
                .migration()
                .orElseThrow(() -> Failure.failed(
                        "service " + key + " has no migration",
                        "say what is to be run under x-prodstack.migrate beside it"));
        if (!contract) {
            return migration.expand();
        }
        return migration
                .contract()
                .orElseThrow(() -> Failure.failed(
                        "the migration of " + key + " has no contract",
                        "say what is to be run under x-prodstack.migrate.contract beside it"));
    }
}
