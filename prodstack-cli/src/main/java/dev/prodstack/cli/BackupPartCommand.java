package dev.prodstack.cli;

import dev.prodstack.backup.work.WorkJson;
import dev.prodstack.backup.work.Worker;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.core.cluster.JobOrder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code prodstack backup part}: what runs in a job. People have no use for it. */
@Command(
        name = "part",
        hidden = true,
        header = "Do one part of a backup or restore; other commands start it in jobs.",
        description = "prodstack backup part --input work.json   what a job was asked to do",
        customSynopsis = "prodstack backup part [OPTIONS]")
final class BackupPartCommand extends Action {
    @Option(
            names = "--input",
            paramLabel = "FILE",
            description = "Where the work is described: FILE, or FILE.0, FILE.1, ... one after the other.")
    private String input = JobOrder.INPUT;

    BackupPartCommand() {}

    @Override
    ExitCode run(Context context) {
        try {
            Worker.perform(WorkJson.decode(input()), line -> context.results().print(line + "\n"));
            return ExitCode.DONE;
        } catch (IllegalArgumentException e) {
            throw Failure.usage(String.valueOf(e.getMessage()), "");
        } catch (IOException e) {
            throw RepositoryFailure.of(e);
        } catch (InterruptedException e) {
            throw RepositoryFailure.interrupted(e);
        }
    }

    private String input() throws IOException {
        Path whole = Path.of(input);
        if (Files.exists(whole)) {
            return Files.readString(whole);
        }
        ByteArrayOutputStream pieces = new ByteArrayOutputStream();
        int number = 0;
        for (Path piece = Path.of(input + ".0"); Files.exists(piece); piece = Path.of(input + "." + ++number)) {
            pieces.write(Files.readAllBytes(piece));
        }
        if (number == 0) {
            throw new IOException("There is no file " + input + ".0: this command runs in jobs that prodstack starts.");
        }
        return pieces.toString(StandardCharsets.UTF_8);
    }
}
