package dev.prodstack.cli.settings;

import dev.prodstack.core.problem.Position;

/** Where the value of a setting comes from. */
public sealed interface Origin {

    /** How messages and tables name it. */
    String describe();

    /**
     * The command line.
     *
     * @param option the option's name with its dashes
     */
    record CommandLine(String option) implements Origin {
        @Override
        public String describe() {
            return option;
        }
    }

    /**
     * The environment.
     *
     * @param variable the variable's name
     */
    record Environment(String variable) implements Origin {
        @Override
        public String describe() {
            return variable;
        }
    }

    /**
     * A settings file.
     *
     * @param position where the value stands
     */
    record SettingsFile(Position position) implements Origin {
        @Override
        public String describe() {
            return position.toString();
        }
    }

    /** Nobody said anything. */
    enum Default implements Origin {
        /** The only default. */
        DEFAULT;

        @Override
        public String describe() {
            return "default";
        }
    }
}
