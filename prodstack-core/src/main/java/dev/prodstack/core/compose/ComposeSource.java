package dev.prodstack.core.compose;

import dev.prodstack.core.compose.interpolate.Variables;
import dev.prodstack.core.problem.Position;
import dev.prodstack.core.problem.Problems;
import dev.prodstack.core.value.Copies;
import java.io.File;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a stack is read from.
 *
 * @param files the Compose files, later ones merged over earlier ones; at least one
 * @param name the stack's name, in place of what the files and the environment say
 * @param projectDirectory the directory that relative paths start from and {@code .env} is looked for in; that of the
 *     first file where absent
 * @param envFiles files with variables for interpolation, later ones winning, in place of {@code .env}
 * @param environment the environment variables, which win over those of files
 * @param profiles the active profiles, {@code *} for all; those of {@code COMPOSE_PROFILES} where there are none
 */
public record ComposeSource(
        List<Path> files,
        Optional<String> name,
        Optional<Path> projectDirectory,
        List<Path> envFiles,
        Map<String, String> environment,
        Set<String> profiles) {
    /** Copies the collections and checks that there is a file. */
    public ComposeSource {
        files = List.copyOf(files);
        envFiles = List.copyOf(envFiles);
        environment = Copies.of(environment);
        profiles = Copies.of(profiles);
        if (files.isEmpty()) {
            throw new IllegalArgumentException("a stack is read from at least one file");
        }
    }

    /** The given files, with nothing but what they say: no environment, no profiles. */
    public static ComposeSource of(Path... files) {
        return new ComposeSource(List.of(files), Optional.empty(), Optional.empty(), List.of(), Map.of(), Set.of());
    }

    /**
     * The Compose files that a directory's {@code .env} names in {@code COMPOSE_FILE}, for where neither the caller nor
     * the environment names any; none if it does not. What is wrong with the {@code .env} is reported by reading the
     * stack.
     *
     * @param directory the directory, which relative names start from
     * @param envFiles files with variables, later ones winning, in place of {@code .env}
     * @param environment the environment variables, which win over those of files
     */
    public static List<Path> filesNamedIn(Path directory, List<Path> envFiles, Map<String, String> environment) {
        Variables variables =
                Variables.of(environment).beneath(envFiles, directory, Position.of("<arguments>"), "", new Problems());
        String separator = variables
                .get("COMPOSE_PATH_SEPARATOR")
                .filter(text -> !text.isEmpty())
                .orElse(File.pathSeparator);
        return variables.get("COMPOSE_FILE").stream()
                .flatMap(names -> Stream.of(names.split(Pattern.quote(separator))))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(directory::resolve)
                .toList();
    }

    /** The directory that relative paths start from. */
    Path baseDirectory() {
        Path first = files.get(0).toAbsolutePath();
        return projectDirectory
                .map(path -> path.toAbsolutePath().normalize())
                .or(() -> Optional.ofNullable(first.normalize().getParent()))
                .orElse(first.getRoot());
    }

    /** The same under another stack name. */
    public ComposeSource named(String stack) {
        return new ComposeSource(files, Optional.of(stack), projectDirectory, envFiles, environment, profiles);
    }

    /** The same with these environment variables. */
    public ComposeSource withEnvironment(Map<String, String> variables) {
        return new ComposeSource(files, name, projectDirectory, envFiles, variables, profiles);
    }

    /** The same with these files of variables in place of {@code .env}. */
    public ComposeSource withEnvFiles(List<Path> variables) {
        return new ComposeSource(files, name, projectDirectory, variables, environment, profiles);
    }

    /** The same with these profiles active. */
    public ComposeSource withProfiles(Set<String> active) {
        return new ComposeSource(files, name, projectDirectory, envFiles, environment, new LinkedHashSet<>(active));
    }

    /** The same with relative paths starting from another directory. */
    public ComposeSource in(Path directory) {
        return new ComposeSource(files, name, Optional.of(directory), envFiles, environment, profiles);
    }
}
