package dev.prodstack.swarm.logs;

import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.engine.EngineRequest;
import dev.prodstack.swarm.engine.LogFrame;
import dev.prodstack.swarm.engine.LogFrames;
import dev.prodstack.swarm.engine.TerminalOutput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where pieces come from, in the two forms in which engines send them. One thread reads; any may close. */
sealed interface PieceSource extends AutoCloseable {
    /** In which form a service's logs are sent. */
    enum Form {
        /** In frames. */
        FRAMES,
        /** As a terminal shows them. */
        TERMINAL
    }

    /**
     * Waits for the next pieces.
     *
     * @param complaints takes what the engine says about logs that it cannot read
     * @return pieces, or nothing at the end
     * @throws dev.prodstack.swarm.problem.EngineException if the connection breaks
     */
    Optional<List<Piece>> next(Consumer<String> complaints);

    @Override
    void close();

    static PieceSource open(EngineClient engine, EngineRequest request, Form form) {
        return form == Form.TERMINAL ? new Terminal(engine.terminal(request)) : new Framed(engine.frames(request));
    }

    private static void add(LogLine.Output output, String bytes, List<Piece> pieces, Consumer<String> complaints) {
        Piece.parse(output, bytes)
                .ifPresentOrElse(
                        pieces::add,
                        () -> complaints.accept(
                                new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
                                        .strip()));
    }

    /**
     * A piece in each frame.
     *
     * @param frames the frames
     */
    record Framed(LogFrames frames) implements PieceSource {
        @Override
        public Optional<List<Piece>> next(Consumer<String> complaints) {
            Optional<LogFrame> frame = frames.next(complaints);
            List<Piece> pieces = new ArrayList<>();
            frame.ifPresent(its -> add(
                    its.output() == LogFrame.Output.STDERR ? LogLine.Output.STDERR : LogLine.Output.STDOUT,
                    new String(its.content(), StandardCharsets.ISO_8859_1),
                    pieces,
                    complaints));
            return frame.map(its -> pieces);
        }

        @Override
        public void close() {
            frames.close();
        }
    }

    /**
     * One piece after another, with nothing in between: of a cut line all parts stand in one line.
     *
     * @param lines the lines
     */
    record Terminal(TerminalOutput lines) implements PieceSource {
        private static final Pattern HEAD = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d[.]\\d{9}"
                + "(?:Z|[+-]\\d\\d:\\d\\d) (?=\\S*com[.]docker[.]swarm[.]task[.]id=)");

        @Override
        public Optional<List<Piece>> next(Consumer<String> complaints) {
            return lines.next().map(line -> {
                String bytes = new String(line, StandardCharsets.ISO_8859_1);
                List<Piece> pieces = new ArrayList<>();
                for (String part : split(bytes)) {
                    add(LogLine.Output.STDOUT, part, pieces, complaints);
                }
                return pieces;
            });
        }

        static List<String> split(String line) {
            List<String> parts = new ArrayList<>();
            Matcher head = HEAD.matcher(line);
            int from = 0;
            while (head.find()) {
                if (head.start() > from) {
                    parts.add(line.substring(from, head.start()));
                }
                from = head.start();
            }
            parts.add(line.substring(from));
            return parts;
        }

        @Override
        public void close() {
            lines.close();
        }
    }
}
