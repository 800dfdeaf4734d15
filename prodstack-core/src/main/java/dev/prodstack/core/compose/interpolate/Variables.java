package dev.prodstack.core.compose.interpolate;

import dev.prodstack.core.problem.Position;
import dev.prodstack.core.problem.Problems;
import dev.prodstack.core.problem.Suggestion;
import dev.prodstack.core.value.Copies;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The variables that Compose files may refer to. The environment wins over files of variables; of these, a later one
 * wins over an earlier one.
 */
public final class Variables {
    private static final String ENVIRONMENT = "the environment";
    private static final String DEFAULT_FILE = ".env";

    /** Values from one place. */
    private record Layer(String origin, Map<String, String> values) {}

    /** What no file of variables can change, strongest first. */
    private final List<Layer> fixed;

    /** What the next file of variables wins over, strongest first. */
    private final List<Layer> files;

    private final Set<String> consulted;
    private final List<Unset> unset;

    private Variables(List<Layer> fixed, List<Layer> files, Set<String> consulted, List<Unset> unset) {
        this.fixed = List.copyOf(fixed);
        this.files = List.copyOf(files);
        this.consulted = Copies.of(consulted);
        this.unset = List.copyOf(unset);
    }

    /** The environment alone. */
    public static Variables of(Map<String, String> environment) {
        return new Variables(List.of(new Layer(ENVIRONMENT, Copies.of(environment))), List.of(), Set.of(), List.of());
    }

    /**
     * These variables, and beneath them the ones of files: the given ones, or if there is none a directory's
     * {@code .env}, which may be absent. All of these variables win over those of the files, whose values may refer to
     * them.
     *
     * @param envFiles the files, later ones winning
     * @param directory the directory whose {@code .env} is the default
     * @param namedAt where the files are named
     * @param path what names them, as a dotted path
     * @param problems receives what is wrong with the files
     */
    public Variables beneath(List<Path> envFiles, Path directory, Position namedAt, String path, Problems problems) {
        List<Layer> strongest = new ArrayList<>(fixed);
        strongest.addAll(files);
        Variables read = new Variables(strongest, List.of(), consulted, unset);
        if (!envFiles.isEmpty()) {
            for (Path file : envFiles) {
                read = read.plus(file, EnvFile.read(file, EnvFile.Format.COMPOSE, read, namedAt, path, problems));
            }
            return read;
        }
        Path file = directory.resolve(DEFAULT_FILE);
        // A directory of this name is likely a Python environment.
        boolean there = Files.exists(file) && !Files.isDirectory(file);
        return read.plus(
                file,
                there ? EnvFile.read(file, EnvFile.Format.COMPOSE, read, namedAt, path, problems) : EnvFile.EMPTY);
    }

    private Variables plus(Path file, EnvFile content) {
        List<Layer> all = new ArrayList<>(files);
        all.add(0, new Layer(file.toString(), content.values()));
        Set<String> names = new LinkedHashSet<>(consulted);
        names.add(file.toString());
        List<Unset> blanks = new ArrayList<>(unset);
        blanks.addAll(content.unset());
        return new Variables(fixed, all, names, blanks);
    }

    /** A variable's value, if it is set. */
    public Optional<String> get(String name) {
        return find(name).map(Setting::value);
    }

    /** A variable's value and who gave it, if it is set. */
    public Optional<Setting> find(String name) {
        return find(name, new Layer("", Map.of()));
    }

    /** As {@link #find(String)}, with the lines of a file of variables that were read so far. */
    Optional<Setting> find(String name, String file, Map<String, String> lines) {
        return find(name, new Layer(file, lines));
    }

    private Optional<Setting> find(String name, Layer between) {
        for (Layer layer : fixed) {
            String value = layer.values().get(name);
            if (value != null) {
                return Optional.of(new Setting(value, layer.origin()));
            }
        }
        String line = between.values().get(name);
        if (line != null) {
            return Optional.of(new Setting(line, between.origin()));
        }
        for (Layer layer : files) {
            String value = layer.values().get(name);
            if (value != null) {
                return Optional.of(new Setting(value, layer.origin()));
            }
        }
        return Optional.empty();
    }

    /** The files that were looked at, also where they do not exist, in the order they were named. */
    public Set<String> consulted() {
        return consulted;
    }

    /** The variables that the files of variables themselves refer to and that are not set. */
    public List<Unset> unset() {
        return unset;
    }

    /** What to do about a variable that is not set, an imperative phrase. */
    public String howToSet(String name) {
        Set<String> names = new LinkedHashSet<>();
        List.of(fixed, files)
                .forEach(layers ->
                        layers.forEach(layer -> names.addAll(layer.values().keySet())));
        String suggestion = name.length() > 64 || names.contains(name)
                ? ""
                : Suggestion.forWord(name, names)
                        .map(question -> question + " Otherwise ")
                        .orElse("");
        return suggestion + "set it in the environment"
                + (consulted.isEmpty() ? "" : ", in " + String.join(" or ", consulted))
                + " or with --env-file";
    }
}
