package dev.prodstack.cli;

import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.cli.settings.Setting;
import dev.prodstack.cli.settings.Settings;
import dev.prodstack.core.compose.ComposeException;
import dev.prodstack.core.compose.ComposeFile;
import dev.prodstack.core.compose.ComposeSource;
import dev.prodstack.core.compose.ConfigTemplates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds and reads the Compose files that the settings mean. */
final class StackFiles {
    /**
     * What a Compose file is called where nobody says, the preferred name first, as the Compose Specification has it.
     */
    static final List<String> NAMES =
            List.of("compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml");

    private static final String STANDARD_INPUT = "-";

    private StackFiles() {}

    /**
     * Reads the stack and says what there is to warn of.
     *
     * @throws ComposeException if anything is wrong with the files
     * @throws Failure if there are none
     */
    static ComposeFile load(Context context) {
        ComposeFile file = read(context, context.settings().words(Setting.FILE));
        file.warnings().forEach(context.messages()::warning);
        return file;
    }

    /**
     * Reads the stack where the settings name files or there is one here, and keeps its warnings to itself.
     *
     * @throws ComposeException if anything is wrong with the files
     */
    static Optional<ComposeFile> loadIfPresent(Context context) {
        List<String> names = context.settings().words(Setting.FILE);
        Path here = context.surroundings().workingDirectory();
        Path directory = context.settings()
                .word(Setting.PROJECT_DIRECTORY)
                .map(here::resolve)
                .orElse(here);
        boolean present = !names.isEmpty() || NAMES.stream().anyMatch(name -> Files.exists(directory.resolve(name)));
        return present ? Optional.of(read(context, names)) : Optional.empty();
    }

    private static ComposeFile read(Context context, List<String> names) {
        Path here = context.surroundings().workingDirectory();
        Optional<Path> directory =
                context.settings().word(Setting.PROJECT_DIRECTORY).map(here::resolve);
        if (names.isEmpty()) {
            return ComposeFile.load(source(context, directory, unnamed(context, directory.orElse(here))));
        }
        if (!names.contains(STANDARD_INPUT)) {
            return ComposeFile.load(source(context, directory, paths(here, names)));
        }
        if (names.indexOf(STANDARD_INPUT) != names.lastIndexOf(STANDARD_INPUT)) {
            throw Failure.usage("standard input can be one file only", "give --file - once");
        }
        try (StandardInput input = StandardInput.read(context.surroundings().in())) {
            context.excerpts().remember(StandardInput.NAME, input.text());
            List<Path> files = names.stream()
                    .map(name -> name.equals(STANDARD_INPUT) ? input.file() : here.resolve(name))
                    .toList();
            boolean first = names.indexOf(STANDARD_INPUT) == 0;
            return load(source(context, first ? directory.or(() -> Optional.of(here)) : directory, files), input);
        }
    }

    private static ComposeFile load(ComposeSource source, StandardInput input) {
        try {
            return input.rename(ComposeFile.load(source));
        } catch (ComposeException e) {
            throw input.rename(e);
        }
    }

    /**
     * Puts the variables of the stack into templates.
     *
     * @param templates the files by name
     * @throws ComposeException if anything is wrong with the templates or with the files of variables
     */
    static Map<String, String> render(Context context, Map<String, Path> templates) {
        Path here = context.surroundings().workingDirectory();
        List<String> names = context.settings().words(Setting.FILE);
        Optional<Path> directory =
                context.settings().word(Setting.PROJECT_DIRECTORY).map(here::resolve);
        // Of these files only the directory matters; that of standard input is this one.
        List<Path> files = names.isEmpty() ? unnamed(context, directory.orElse(here)) : paths(here, names);
        return ConfigTemplates.render(source(context, directory, files), templates);
    }

    private static ComposeSource source(Context context, Optional<Path> directory, List<Path> files) {
        Settings settings = context.settings();
        return new ComposeSource(
                files,
                settings.word(Setting.STACK),
                directory,
                paths(context.surroundings().workingDirectory(), settings.words(Setting.ENV_FILE)),
                context.surroundings().environment(),
                new LinkedHashSet<>(settings.words(Setting.PROFILE)));
    }

    private static List<Path> paths(Path here, List<String> names) {
        return names.stream().map(here::resolve).toList();
    }

    /** The files of a directory where nobody names any: those its {@code .env} names, or else the usual one. */
    private static List<Path> unnamed(Context context, Path directory) {
        Path here = context.surroundings().workingDirectory();
        List<Path> envFiles = paths(here, context.settings().words(Setting.ENV_FILE));
        List<Path> named = ComposeSource.filesNamedIn(
                directory, envFiles, context.surroundings().environment());
        return named.isEmpty() ? List.of(find(directory)) : named;
    }

    private static Path find(Path directory) {
        for (String name : NAMES) {
            if (Files.exists(directory.resolve(name))) {
                return directory.resolve(name);
            }
        }
        List<String> similar = similar(directory);
        throw Failure.usage(
                "no Compose file " + (directory.toString().isEmpty() ? "here" : "in " + directory) + "; looked for "
                        + String.join(", ", NAMES),
                similar.isEmpty() ? "name it with --file FILE" : "did you mean --file " + similar.get(0) + "?");
    }

    private static List<String> similar(Path directory) {
        try (Stream<Path> files = Files.list(directory.toAbsolutePath())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("(?i).*(compose|stack).*\\.ya?ml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
