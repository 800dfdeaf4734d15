package dev.prodstack.core.compose.interpolate;

import dev.prodstack.core.problem.Position;
import dev.prodstack.core.problem.Problem;

/** The problems that Compose files and environment files have in common. */
final class Wording {
    private Wording() {}

    static Problem missing(Expansion.Missing missing, Position position, String path, Variables variables) {
        String state = missing.empty().map(origin -> "is empty in " + origin).orElse("is not set");
        String message = "the required variable " + TemplateParser.shortened(missing.variable()) + " " + state
                + (missing.message().isBlank() ? "" : ": " + oneLine(missing.message()));
        return new Problem(position, path, message, variables.howToSet(missing.variable()));
    }

    static Problem tooLong(int limit, Position position, String path) {
        return new Problem(
                position,
                path,
                "longer than " + limit + " characters once its variables are put in",
                "is a variable set to the content of a file?");
    }

    static Problem allTooLong(int limit, Position position, String path) {
        return new Problem(
                position,
                path,
                "the values of this file have more than " + limit + " characters once their variables are put in",
                "is a variable set to the content of a file?");
    }

    /** A value may have been put into the message, with line breaks and whatever else. */
    private static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }
}
