package dev.prodstack.cli;

import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.core.cluster.JobOrder;
import dev.prodstack.load.check.LoadWork;
import dev.prodstack.load.work.Loads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code prodstack loadcheck part}: what runs in a job. People have no use for it. */
@Command(
        name = "part",
        hidden = true,
        header = "Load one service and measure; other commands start it in jobs.",
        description = "prodstack loadcheck part --input work.json   what a job was asked to do",
        customSynopsis = "prodstack loadcheck part [OPTIONS]")
final class LoadcheckPartCommand extends Action {
    @Option(names = "--input", paramLabel = "FILE", description = "The file that describes the load.")
    private String input = JobOrder.INPUT + ".0";

    @Option(names = "--secrets", paramLabel = "DIRECTORY", description = "Where the password is.")
    private String secrets = "/run/secrets";

    LoadcheckPartCommand() {}

    @Override
    ExitCode run(Context context) {
        Path here = context.surroundings().workingDirectory();
        try {
            LoadWork work = LoadWork.of(Files.readString(here.resolve(input)));
            context.results().print(Loads.perform(work, here.resolve(secrets)).json() + "\n");
            return ExitCode.DONE;
        } catch (IllegalArgumentException e) {
            throw Failure.usage(String.valueOf(e.getMessage()), "");
        } catch (IOException e) {
            throw Failure.failed(String.valueOf(e.getMessage()), "", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.ended(ExitCode.INTERRUPTED, "interrupted", "");
        }
    }
}
