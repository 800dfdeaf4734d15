package dev.prodstack.cli.display;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The source lines that messages quote. Only Compose and settings files are quoted: the lines of other files, such as
 * {@code .env}, may hold passwords that do not belong into the log of a build.
 */
public final class Excerpts {
    private static final long LARGEST_FILE = 16L * 1024 * 1024;
    private static final int WIDTH = 100;
    private static final int BEFORE = 60;

    private final Path workingDirectory;
    private final Map<String, List<String>> texts = new HashMap<>();

    /** Quotes files whose names are relative to a directory. */
    public Excerpts(Path workingDirectory) {
        this.workingDirectory = workingDirectory;
    }

    /** Quotes a text that is in no file, such as standard input, under the name it has in messages. */
    public void remember(String name, String text) {
        texts.put(name, text.lines().toList());
    }

    /** A line of a file, cut to a window around a column; nothing if there is no such line or it must not be shown. */
    Optional<Quote> quote(String file, int line, int column) {
        List<String> lines = texts.computeIfAbsent(file, this::read);
        if (line < 1 || line > lines.size()) {
            return Optional.empty();
        }
        return Optional.of(window(lines.get(line - 1), column));
    }

    private List<String> read(String file) {
        String name = file.toLowerCase(Locale.ROOT);
        if (Stream.of(".yml", ".yaml", ".json").noneMatch(name::endsWith)) {
            return List.of();
        }
        try {
            Path path = workingDirectory.resolve(file);
            return Files.isRegularFile(path) && Files.size(path) <= LARGEST_FILE
                    ? Files.readString(path).lines().toList()
                    : List.of();
        } catch (CharacterCodingException | InvalidPathException e) {
            return List.of();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Quote window(String line, int column) {
        int[] characters = line.codePoints().toArray();
        int at = Math.min(Math.max(0, column - 1), characters.length);
        int from = at < WIDTH - 10 ? 0 : at - BEFORE;
        int to = Math.min(characters.length, from + WIDTH);
        String before = (from > 0 ? "..." : "") + Plain.line(new String(characters, from, at - from));
        String after = Plain.line(new String(characters, at, to - at)) + (to < characters.length ? "..." : "");
        return new Quote(before + after.stripTrailing(), column == 0 ? "" : padding(before) + "^");
    }

    /** As wide as the text, tabs kept, so that what follows stands under what follows the text. */
    private static String padding(String text) {
        StringBuilder padding = new StringBuilder();
        text.codePoints().forEach(c -> padding.append(c == '\t' ? "\t" : " ".repeat(Plain.width(c))));
        return padding.toString();
    }

    /**
     * A quoted line.
     *
     * @param text the line or a part of it
     * @param marker a second line that points at the column; empty if there is none
     */
    record Quote(String text, String marker) {}
}
