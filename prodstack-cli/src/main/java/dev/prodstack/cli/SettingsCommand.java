package dev.prodstack.cli;

import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.display.Table;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.settings.Effective;
import dev.prodstack.cli.settings.Setting;
import dev.prodstack.cli.settings.Settings;
import dev.prodstack.core.value.Data;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code prodstack settings}. */
@Command(
        name = "settings",
        header = "Print the settings in effect, and where each comes from.",
        description = {
            "prodstack settings                  those in this directory",
            "prodstack settings -f other.yml     what these options would change",
            "prodstack settings --output json    for a script",
        },
        customSynopsis = "prodstack settings [OPTIONS]",
        footer = {
            "@|bold Where settings come from|@, the first that says something wins:",
            "  1. the command line              --output json",
            "  2. the environment               PRODSTACK_OUTPUT=json, COMPOSE_FILE=...",
            "  3. the project's settings file   .prodstack.yml here, a line output: json",
            "  4. the user's                    $XDG_CONFIG_HOME/prodstack/settings.yml",
            "  5. the system's                  /etc/xdg/prodstack/settings.yml",
            "Paths in a settings file start from where it is."
        })
final class SettingsCommand extends StackAction {
    SettingsCommand() {}

    @Override
    ExitCode run(Context context) {
        OutputFormat format = context.format(OutputFormat.TABLE, OutputFormat.YAML, OutputFormat.JSON);
        List<Path> files = Settings.files(
                context.surroundings().workingDirectory(),
                context.surroundings().environment());
        String text =
                format == OutputFormat.TABLE ? table(context, files) : format.print(data(context.settings(), files));
        context.results().print(text);
        return ExitCode.DONE;
    }

    private static String table(Context context, List<Path> files) {
        Table settings = new Table("SETTING", "VALUE", "FROM", "VARIABLES");
        for (Setting setting : Setting.values()) {
            Effective effective = context.settings().get(setting);
            settings.row(
                    setting.key(),
                    effective.isSet() ? String.join(", ", effective.values()) : "(" + setting.fallback() + ")",
                    effective.origin().describe(),
                    String.join(", ", setting.variables()));
        }
        Table sources = new Table("SETTINGS FILE", "");
        files.forEach(file -> sources.row(file.toString(), Files.exists(file) ? "read" : "not there"));
        return settings.print(context.style()) + "\n" + sources.print(context.style());
    }

    private static Data data(Settings settings, List<Path> files) {
        Map<String, Data> values = new LinkedHashMap<>();
        for (Setting setting : Setting.values()) {
            Effective effective = settings.get(setting);
            Map<String, Data> fields = new LinkedHashMap<>();
            fields.put("values", texts(effective.values()));
            fields.put("from", Data.of(effective.origin().describe()));
            fields.put("default", Data.of(setting.fallback()));
            fields.put("variables", texts(setting.variables()));
            values.put(setting.key(), Data.of(fields));
        }
        List<Data> sources = files.stream()
                .map(file -> Data.of(Map.of("file", Data.of(file.toString()), "exists", Data.of(Files.exists(file)))))
                .toList();
        return Data.of(Map.of("settings", Data.of(values), "files", Data.of(sources)));
    }

    private static Data texts(List<String> texts) {
        return Data.of(texts.stream().map(Data::of).toList());
    }
}
