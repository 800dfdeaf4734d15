package dev.prodstack.cli;

import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.core.compose.ComposeFile;
import dev.prodstack.core.stack.Service;
import dev.prodstack.core.value.Data;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code prodstack config}. */
@Command(
        name = "config",
        header = "Print the stack: its Compose files merged, interpolated and checked.",
        description = {
            "prodstack config                            the stack of ./compose.yaml",
            "prodstack config -f base.yml -f prod.yml    prod.yml merged over base.yml",
            "prodstack config -o json | jq .services     as JSON",
            "prodstack config --images                   what nodes will pull",
            "prodstack config > /dev/null && echo valid  check only",
            "make-stack | prodstack config -f -          from standard input",
        },
        customSynopsis = "prodstack config [OPTIONS]")
final class ConfigCommand extends StackFileAction {
    @Option(names = "--services", description = "Print the services' names, one a line.")
    private boolean services;

    @Option(names = "--images", description = "Print the images that the services run, one a line.")
    private boolean images;

    ConfigCommand() {}

    @Override
    ExitCode run(Context context) {
        OutputFormat format = context.format(OutputFormat.YAML, OutputFormat.JSON);
        ComposeFile file = StackFiles.load(context);
        if (services) {
            context.results().print(list(file.stack().services().keySet().stream(), format));
        } else if (images) {
            context.results().print(list(images(file), format));
        } else {
            context.results().print(format.print(file.toData()));
        }
        return ExitCode.DONE;
    }

    private static Stream<String> images(ComposeFile file) {
        return file.stack().services().values().stream()
                .map(Service::image)
                .flatMap(Optional::stream)
                .map(Object::toString)
                .distinct()
                .sorted();
    }

    private static String list(Stream<String> words, OutputFormat format) {
        List<String> all = words.toList();
        return format == OutputFormat.JSON
                ? format.print(Data.of(all.stream().map(Data::of).toList()))
                : String.join("", all.stream().map(word -> word + "\n").toList());
    }
}
