package dev.prodstack.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A guide as a test reads it: its shell blocks in order, and what HTML comments, which no reader sees, say about them.
 *
 * <ul>
 *   <li>{@code <!-- not run: REASON -->}: the next block is for reading only
 *   <li>{@code <!-- run by: TestClass.method -->}: the next block is handed to that test, as a {@link GuideBlock}
 *   <li>{@code <!-- exit 4 -->}: the next block is to end with that code
 *   <li>{@code <!-- shows: TEXT -->}: the next block, or the lab's part before it, is to print that; repeatable
 *   <li>{@code <!-- on: three nodes -->}, {@code <!-- on: three nodes at length -->} (full tier only), {@code <!-- on:
 *       reference stack -->}: where to run what comes, until the next second-level heading or the next such comment;
 *       {@code <!-- on: any -->} is everywhere
 *   <li>{@code <!-- lab} to {@code -->}, each on a line of its own: shell lines run here, such as those that break
 *       something the next block mends
 * </ul>
 *
 * @param file the guide
 * @param steps its blocks and the lab's parts, in order
 */
record Guide(Path file, List<Step> steps) {
    private static final Pattern COMMENT = Pattern.compile("<!-- (not run|run by|exit|shows|on):? (.+) -->");

    Guide {
        steps = List.copyOf(steps);
    }

    /** Where a part of a guide can be run. */
    enum Place {
        ANY,
        /** Always. */
        THREE_NODES,
        /** In the full tier. */
        THREE_NODES_AT_LENGTH,
        /** In the full tier. */
        REFERENCE_STACK;

        static Place of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT).replace(' ', '_'));
        }
    }

    /**
     * Some lines of shell.
     *
     * @param heading the heading they stand below
     * @param line of the guide, from 1, of the first of them
     * @param text the lines
     * @param visible whether a reader sees them
     * @param place where they can be run
     * @param exit the code they are to end with
     * @param shows what they are to print
     * @param notRun why they are not run
     * @param runBy the class and the method of the test that runs them; empty where they are run in the guide's order
     */
    record Step(
            String heading,
            int line,
            String text,
            boolean visible,
            Place place,
            int exit,
            List<String> shows,
            Optional<String> notRun,
            Optional<String> runBy) {
        boolean runs() {
            return notRun.isEmpty();
        }

        boolean runsOn(Place where) {
            boolean alsoHere = place == Place.THREE_NODES && where == Place.THREE_NODES_AT_LENGTH;
            return runs() && runBy.isEmpty() && (place == Place.ANY || place == where || alsoHere);
        }
    }

    static Guide read(Path file) throws IOException {
        Reader reader = new Reader();
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.equals("<!-- lab")) {
                i = reader.part(lines, i + 1, "-->", false);
            } else if (line.equals("```sh")) {
                i = reader.part(lines, i + 1, "```", true);
            } else {
                reader.other(line, i + 1);
            }
        }
        return new Guide(file, reader.steps);
    }

    /** The blocks that readers see. */
    List<Step> blocks() {
        return steps.stream().filter(Step::visible).toList();
    }

    /** Whether any of it is run in its order there. */
    boolean hasStepsFor(Place where) {
        return steps.stream().anyMatch(step -> step.runsOn(where));
    }

    String name() {
        return file.getFileName().toString();
    }

    private static final class Reader {
        private final List<Step> steps = new ArrayList<>();
        private final List<String> shows = new ArrayList<>();
        private String heading = "";
        private Place place = Place.ANY;
        private int exit;
        private Optional<String> notRun = Optional.empty();
        private Optional<String> runBy = Optional.empty();

        void other(String line, int number) {
            if (line.startsWith("#")) {
                heading = line.replaceFirst("^#+ ", "");
                if (line.startsWith("## ")) {
                    place = Place.ANY;
                }
            } else if (line.startsWith("<!--")) {
                Matcher comment = COMMENT.matcher(line);
                if (!comment.matches()) {
                    throw new IllegalArgumentException(
                            "line " + number + ": no comment that a guide may have: " + line);
                }
                said(comment.group(1), comment.group(2));
            }
        }

        private void said(String key, String value) {
            switch (key) {
                case "not run" -> notRun = Optional.of(value);
                case "run by" -> runBy = Optional.of(value);
                case "exit" -> exit = Integer.parseInt(value);
                case "shows" -> shows.add(value);
                default -> place = Place.of(value);
            }
        }

        /** Takes lines until the end; the index of its line. */
        int part(List<String> lines, int from, String end, boolean visible) {
            int to = from;
            while (to < lines.size() && !lines.get(to).equals(end)) {
                to++;
            }
            if (to == lines.size()) {
                throw new IllegalArgumentException("line " + from + ": no \"" + end + "\" follows");
            }
            String text = String.join("\n", lines.subList(from, to)) + "\n";
            steps.add(new Step(heading, from + 1, text, visible, place, exit, List.copyOf(shows), notRun, runBy));
            shows.clear();
            exit = 0;
            notRun = Optional.empty();
            runBy = Optional.empty();
            return to;
        }
    }
}
