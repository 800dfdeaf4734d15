package dev.prodstack.cli;

import dev.prodstack.backup.repository.Repository;
import dev.prodstack.cli.outcome.ExitCode;
import java.io.IOException;
import picocli.CommandLine.Mixin;

/** A command on an open repository. */
abstract class RepositoryAction extends Action {
    @Mixin
    private RepositoryOptions repository = new RepositoryOptions();

    @Override
    final ExitCode run(Context context) {
        try (Repository opened = open(repository, context)) {
            return run(context, opened);
        } catch (IOException e) {
            throw RepositoryFailure.of(e);
        } catch (InterruptedException e) {
            throw RepositoryFailure.interrupted(e);
        }
    }

    /** The options that say which repository it is. */
    final RepositoryOptions options() {
        return repository;
    }

    /** Opens the repository, or makes it. */
    Repository open(RepositoryOptions options, Context context) throws IOException {
        return options.open(context);
    }

    /** Does the command's work. */
    abstract ExitCode run(Context context, Repository opened) throws IOException, InterruptedException;
}
