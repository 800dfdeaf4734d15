package dev.prodstack.cli.settings;

import java.util.List;
import java.util.Locale;

/** An option that may also be set in the environment or in a settings file, under the same name everywhere. */
public enum Setting {
    /** The Compose files. */
    FILE(Kind.PATHS, "", "compose.yaml or docker-compose.yml, here", "COMPOSE_FILE"),
    /** Files with variables for the Compose files. */
    ENV_FILE(Kind.PATHS, "", ".env, if it exists", "COMPOSE_ENV_FILES"),
    /** The active profiles. */
    PROFILE(Kind.WORDS, "", "none", "COMPOSE_PROFILES"),
    /** The directory that relative paths start from. */
    PROJECT_DIRECTORY(Kind.PATH, "", "where the first file is", ""),
    /** The stack's name. */
    STACK(Kind.WORD, "", "the file's name, or its directory's", "COMPOSE_PROJECT_NAME"),
    /** The engine's address. */
    HOST(Kind.WORD, "", "as the docker command has it", "DOCKER_HOST"),
    /** The Docker context that says where the engine is. */
    CONTEXT(Kind.WORD, "", "as the docker command has it", "DOCKER_CONTEXT"),
    /** How long to wait for a connection to the engine. */
    CONNECT_TIMEOUT(Kind.WORD, "", "10s", ""),
    /** The form of results. */
    OUTPUT(Kind.WORD, "table yaml json", "each command's own", ""),
    /** When to write in colour. */
    COLOR(Kind.WORD, "auto always never", "auto", ""),
    /** Whether to keep notes and warnings back. */
    QUIET(Kind.WORD, "true false 1 0", "false", "");

    /** What a value looks like. */
    enum Kind {
        WORD,
        WORDS,
        PATH,
        PATHS;

        boolean isList() {
            return this == WORDS || this == PATHS;
        }

        boolean isPath() {
            return this == PATH || this == PATHS;
        }
    }

    private final Kind kind;
    private final String choices;
    private final String fallback;
    private final String composeVariable;

    Setting(Kind kind, String choices, String fallback, String composeVariable) {
        this.kind = kind;
        this.choices = choices;
        this.fallback = fallback;
        this.composeVariable = composeVariable;
    }

    /** Its name in a settings file, and that of its option without the dashes. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The environment variables it is read from; the first that is set and not empty counts. */
    public List<String> variables() {
        String own = "PRODSTACK_" + name();
        return composeVariable.isEmpty() ? List.of(own) : List.of(own, composeVariable);
    }

    /** What holds where nobody says anything, in words. */
    public String fallback() {
        return fallback;
    }

    /** The values it may have; empty if it may have any. */
    List<String> choices() {
        return choices.isEmpty() ? List.of() : List.of(choices.split(" "));
    }

    Kind kind() {
        return kind;
    }
}
