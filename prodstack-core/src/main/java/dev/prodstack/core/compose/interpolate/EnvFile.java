package dev.prodstack.core.compose.interpolate;

import dev.prodstack.core.problem.Position;
import dev.prodstack.core.problem.Problems;
import dev.prodstack.core.value.Copies;
import dev.prodstack.core.yaml.SourceText;
import dev.prodstack.core.yaml.TextFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A file of variables.
 *
 * @param values the variables in the order of their first lines; of several lines for one variable the last counts
 * @param unset the variables that its values refer to and that are not set
 */
public record EnvFile(Map<String, String> values, List<Unset> unset) {
    /** A file without variables. */
    public static final EnvFile EMPTY = new EnvFile(Map.of(), List.of());

    /** The largest file that is read, in bytes. */
    public static final int MAX_BYTES = 1024 * 1024;

    private static final TextFile FILE = new TextFile("the environment file", MAX_BYTES);

    /** Copies the collections. */
    public EnvFile {
        values = Copies.of(values);
        unset = List.copyOf(unset);
    }

    /** How a file is written. */
    public enum Format {
        /**
         * As the Compose Specification has it: {@code NAME=value} or {@code NAME: value}, where {@code export} may come
         * first; values in single quotes, which mean what they say, in double quotes, with escapes and variables, or
         * without, with variables and with comments after {@code " #"}. Quoted values may span lines.
         */
        COMPOSE,
        /** As {@code docker run --env-file} and {@code docker stack deploy} read it: {@code NAME=value} verbatim. */
        RAW
    }

    /**
     * Reads a file.
     *
     * @param file the file
     * @param format how it is written
     * @param variables what its values may refer to, and what a line with only a name takes its value from
     * @param namedAt where the file is named, for problems with the file as a whole
     * @param path what names it, as a dotted path
     * @param problems receives what is wrong with it
     * @return the variables, without those whose lines have problems
     */
    public static EnvFile read(
            Path file, Format format, Variables variables, Position namedAt, String path, Problems problems) {
        return FILE.read(file, namedAt, path, problems)
                .map(source -> parse(source, format, variables, problems))
                .orElse(EMPTY);
    }

    /**
     * Reads the text of a file.
     *
     * @param source the text
     * @param format how it is written
     * @param variables what its values may refer to, and what a line with only a name takes its value from
     * @param problems receives what is wrong with it
     * @return the variables, without those whose lines have problems
     */
    public static EnvFile parse(SourceText source, Format format, Variables variables, Problems problems) {
        return format == Format.RAW
                ? RawEnvParser.parse(source, variables, problems)
                : EnvParser.parse(source, variables, problems);
    }
}
