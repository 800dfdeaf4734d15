package dev.prodstack.cli.settings;

import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.core.problem.Position;
import dev.prodstack.core.problem.Problems;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The settings in effect. The command line wins over the environment, that over the settings files, and among these the
 * project's over the user's over the system's.
 */
public final class Settings {
    /** The settings file beside a Compose file. */
    public static final String PROJECT_FILE = ".prodstack.yml";

    private static final String FILE_UNDER_CONFIG_HOME = "prodstack/settings.yml";

    private final Map<Setting, Effective> values;

    private Settings(Map<Setting, Effective> values) {
        this.values = values;
    }

    /**
     * Looks every setting up.
     *
     * @param options what the command line says
     * @param environment the environment variables
     * @param files the settings files that may exist, the one that wins first
     * @throws Failure if a value makes no sense; it has every problem
     */
    public static Settings resolve(Map<Setting, Effective> options, Map<String, String> environment, List<Path> files) {
        Problems problems = new Problems();
        List<Map<Setting, Effective>> sources = new ArrayList<>();
        sources.add(options);
        sources.add(fromEnvironment(environment, problems));
        files.forEach(file -> sources.add(SettingsFile.read(file, problems)));
        if (!problems.isEmpty()) {
            throw Failure.settings(problems.toList());
        }
        Map<Setting, Effective> values = new EnumMap<>(Setting.class);
        sources.forEach(source -> source.forEach(values::putIfAbsent));
        return new Settings(values);
    }

    /** The settings files that are looked for, the one that wins first. */
    public static List<Path> files(Path workingDirectory, Map<String, String> environment) {
        List<Path> files = new ArrayList<>();
        files.add(workingDirectory.resolve(PROJECT_FILE));
        directory(environment, "XDG_CONFIG_HOME")
                .or(() -> directory(environment, "HOME").map(home -> home.resolve(".config")))
                .ifPresent(home -> files.add(home.resolve(FILE_UNDER_CONFIG_HOME)));
        String system = environment.getOrDefault("XDG_CONFIG_DIRS", "");
        Stream.of((system.isEmpty() ? "/etc/xdg" : system).split(Pattern.quote(File.pathSeparator)))
                .map(Path::of)
                .filter(Path::isAbsolute)
                .forEach(directory -> files.add(directory.resolve(FILE_UNDER_CONFIG_HOME)));
        return files;
    }

    /** The XDG specification has relative paths ignored. */
    private static Optional<Path> directory(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable)).map(Path::of).filter(Path::isAbsolute);
    }

    private static Map<Setting, Effective> fromEnvironment(Map<String, String> environment, Problems problems) {
        Map<Setting, Effective> values = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            for (String variable : setting.variables()) {
                String value = environment.getOrDefault(variable, "");
                if (value.isEmpty()) {
                    continue;
                }
                if (!setting.choices().isEmpty() && !setting.choices().contains(value)) {
                    problems.add(
                            Position.of("environment"),
                            variable,
                            "expected one of " + String.join(", ", setting.choices()) + "; found \"" + value + "\"");
                }
                List<String> words = setting.kind().isList() ? split(setting, value, environment) : List.of(value);
                values.putIfAbsent(setting, new Effective(words, new Origin.Environment(variable)));
            }
        }
        return values;
    }

    private static List<String> split(Setting setting, String value, Map<String, String> environment) {
        String chosen = environment.getOrDefault("COMPOSE_PATH_SEPARATOR", "");
        String separator = setting != Setting.FILE ? "," : chosen.isEmpty() ? File.pathSeparator : chosen;
        return Stream.of(value.split(Pattern.quote(separator)))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** The value of a setting and where it comes from. */
    public Effective get(Setting setting) {
        return values.getOrDefault(setting, Effective.NOTHING);
    }

    /** The values of a setting. */
    public List<String> words(Setting setting) {
        return get(setting).values();
    }

    /** The first value of a setting, if somebody said something. */
    public Optional<String> word(Setting setting) {
        return words(setting).stream().findFirst();
    }
}
