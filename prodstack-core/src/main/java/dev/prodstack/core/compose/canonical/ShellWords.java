package dev.prodstack.core.compose.canonical;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a command line into words as a POSIX shell does (IEEE Std 1003.1, Shell Command Language, 2.2 Quoting),
 * without expanding anything: operators, {@code $}, wildcards and comments are ordinary characters.
 */
public final class ShellWords {
    private static final int MAX_WORDS = 100_000;

    private final String line;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private int at;

    private ShellWords(String line) {
        this.line = line;
    }

    /**
     * The words of a line.
     *
     * @throws IllegalArgumentException if a quote is not closed, the line ends in a backslash, or there are more words
     *     than {@value #MAX_WORDS}
     */
    public static List<String> split(String line) {
        return new ShellWords(line).words();
    }

    private List<String> words() {
        while (at < line.length()) {
            char c = line.charAt(at++);
            switch (c) {
                case ' ', '\t', '\n', '\r' -> endWord();
                case '\'' -> quoted('\'');
                case '"' -> quoted('"');
                case '\\' -> add(escaped());
                default -> add(c);
            }
        }
        endWord();
        return List.copyOf(words);
    }

    private void quoted(char quote) {
        inWord = true;
        while (true) {
            if (at == line.length()) {
                throw new IllegalArgumentException("expected a closing " + quote);
            }
            char c = line.charAt(at++);
            if (c == quote) {
                return;
            }
            add(c == '\\' && quote == '"' ? escaped() : c);
        }
    }

    private char escaped() {
        if (at == line.length()) {
            throw new IllegalArgumentException("expected a character after the last backslash");
        }
        return line.charAt(at++);
    }

    private void add(char c) {
        inWord = true;
        word.append(c);
    }

    private void endWord() {
        if (inWord) {
            if (words.size() == MAX_WORDS) {
                throw new IllegalArgumentException("expected at most " + MAX_WORDS + " words");
            }
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
    }
}
