package dev.prodstack.cli;

import dev.prodstack.cli.settings.Effective;
import dev.prodstack.cli.settings.Origin;
import dev.prodstack.cli.settings.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say which stack is meant. */
final class StackOptions {
    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "A Compose file, or - for standard input. Repeat it to merge several, later ones over "
                    + "earlier ones (env: COMPOSE_FILE).")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--env-file",
            paramLabel = "FILE",
            description =
                    "Variables for the Compose files, instead of the ones in .env; repeatable (env: COMPOSE_ENV_FILES).")
    private List<Path> envFiles = new ArrayList<>();

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "Include the services of this profile, * for all; repeatable (env: COMPOSE_PROFILES).")
    private List<String> profiles = new ArrayList<>();

    @Option(
            names = "--project-directory",
            paramLabel = "DIR",
            description = "Where relative paths start and .env is; by default where the first file is.")
    private Optional<Path> projectDirectory = Optional.empty();

    @Option(
            names = {"-n", "--stack"},
            paramLabel = "NAME",
            description = "The stack's name, in place of the file's (env: COMPOSE_PROJECT_NAME).")
    private Optional<String> name = Optional.empty();

    @Option(names = "--name", hidden = true, paramLabel = "NAME", description = "The same as --stack.")
    void setName(String value) {
        name = Optional.of(value);
    }

    /** The settings among them that were given. */
    Map<Setting, Effective> settings() {
        Map<Setting, Effective> given = new EnumMap<>(Setting.class);
        put(given, Setting.FILE, files);
        put(given, Setting.ENV_FILE, envFiles);
        put(given, Setting.PROFILE, profiles);
        put(given, Setting.PROJECT_DIRECTORY, projectDirectory.stream().toList());
        put(given, Setting.STACK, name.stream().toList());
        return given;
    }

    private static void put(Map<Setting, Effective> given, Setting setting, List<?> values) {
        if (!values.isEmpty()) {
            given.put(
                    setting,
                    new Effective(
                            values.stream().map(Object::toString).toList(),
                            new Origin.CommandLine("--" + setting.key())));
        }
    }
}
