package dev.prodstack.cli;

import dev.prodstack.backup.repository.Repository;
import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.core.value.Data;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code prodstack repo init}. */
@Command(
        name = "init",
        header = "Make a new repository.",
        description = {
            "prodstack repo init -r /srv/backups --password-file pw",
            "prodstack repo init -r s3:https://s3.example.com/backups/shop",
        },
        customSynopsis = "prodstack repo init [OPTIONS]",
        footer = {
            "Keep the password somewhere else too: without it nobody can read the backups.",
        })
final class RepoInitCommand extends RepositoryAction {
    RepoInitCommand() {}

    @Override
    Repository open(RepositoryOptions options, Context context) throws IOException {
        return options.init(context);
    }

    @Override
    ExitCode run(Context context, Repository opened) {
        OutputFormat format = context.format(OutputFormat.TABLE, OutputFormat.JSON);
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("id", Data.of(opened.config().id().toString()));
        fields.put("repository", Data.of(opened.location()));
        context.results()
                .print(
                        format == OutputFormat.JSON
                                ? format.print(Data.of(fields))
                                : "Made the repository " + opened.config().id().brief() + " at " + opened.location()
                                        + ".\n");
        return ExitCode.DONE;
    }
}
