package dev.prodstack.core.yaml;

import dev.prodstack.core.problem.Position;
import dev.prodstack.core.problem.Problems;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.Scanner;
import org.snakeyaml.engine.v2.scanner.ScannerImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads one YAML document into nodes.
 *
 * <p>Bounded: at most {@value #MAX_CHARACTERS} characters, {@value TreeBuilder#MAX_DEPTH} levels, and
 * {@value TreeBuilder#MAX_NODES} nodes after aliases are followed. Beyond any of these, as for any syntax error, a
 * problem is reported and nothing is returned.
 */
public final class YamlReader {
    /** The largest document that is read, in characters. */
    public static final int MAX_CHARACTERS = 8 * 1024 * 1024;

    private static final int MIN_BUFFER = 1024;

    /** The scanner copies its window for each further buffer of one token: small ones make long tokens slow. */
    private static final int MAX_BUFFER = 1024 * 1024;

    private YamlReader() {}

    /**
     * Reads a document.
     *
     * @param source the text
     * @param problems receives what is wrong with it
     * @return the tree, or nothing if the text is not one YAML document within the bounds
     */
    public static Optional<Node> read(SourceText source, Problems problems) {
        if (source.text().length() > MAX_CHARACTERS) {
            problems.add(
                    Position.of(source.name()),
                    "",
                    "the file has " + source.text().length() + " characters; at most " + MAX_CHARACTERS + " are read",
                    "is this the right file?");
            return Optional.empty();
        }
        LoadSettings settings = LoadSettings.builder()
                .setLabel(source.name())
                .setCodePointLimit(MAX_CHARACTERS)
                .setUseMarks(true)
                .setBufferSize(
                        Math.max(MIN_BUFFER, Math.min(MAX_BUFFER, source.text().length())))
                .build();
        TreeBuilder builder = new TreeBuilder(source.name(), problems);
        try {
            Scanner scanner = new ScannerImpl(settings, new StreamReader(settings, source.text()));
            Parser parser = new ParserImpl(settings, new ReadAheadScanner(scanner));
            while (parser.hasNext()) {
                if (!builder.accept(parser.next())) {
                    return Optional.empty();
                }
            }
        } catch (MarkedYamlEngineException e) {
            problems.add(syntaxPosition(source, e), "", syntaxMessage(e), syntaxFix(e));
            return Optional.empty();
        } catch (ReaderException e) {
            reportUnprintable(source, problems);
            return Optional.empty();
        } catch (YamlEngineException e) {
            problems.add(
                    Position.of(source.name()), "", "not a YAML text: " + firstLine(String.valueOf(e.getMessage())));
            return Optional.empty();
        }
        return builder.result();
    }

    /** The parser knows the character but not where it stands. */
    private static void reportUnprintable(SourceText source, Problems problems) {
        int line = 1;
        int column = 1;
        for (int i = 0;
                i < source.text().length();
                i += Character.charCount(source.text().codePointAt(i))) {
            int c = source.text().codePointAt(i);
            if (!StreamReader.isPrintable(c)) {
                problems.add(
                        new Position(source.name(), line, column),
                        "",
                        String.format("not valid YAML: the character U+%04X may not stand in it", c),
                        "is this a text file? Inside double quotes, it can be written as an escape");
                return;
            }
            line += c == '\n' ? 1 : 0;
            column = c == '\n' ? 1 : column + 1;
        }
    }

    private static Position syntaxPosition(SourceText source, MarkedYamlEngineException e) {
        return e.getProblemMark()
                .or(e::getContextMark)
                .map(mark -> positionOf(source.name(), mark))
                .orElseGet(() -> Position.of(source.name()));
    }

    static Position positionOf(String file, Mark mark) {
        return new Position(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static String syntaxMessage(MarkedYamlEngineException e) {
        String context = e.getContext() == null ? "" : " " + firstLine(e.getContext());
        return "not valid YAML: " + firstLine(e.getProblem()) + context;
    }

    private static String syntaxFix(MarkedYamlEngineException e) {
        String problem = String.valueOf(e.getProblem());
        if (problem.contains("TAB")) {
            return "indent with spaces";
        }
        if (problem.contains("mapping values are not allowed")) {
            return "quote a value that contains \": \", and check the indentation";
        }
        return problem.contains("block end") ? "check the indentation of this line and the one above" : "";
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("").strip();
    }
}
