package dev.prodstack.swarm.job;

import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.engine.EngineRequest;
import dev.prodstack.swarm.engine.LogFrame;
import dev.prodstack.swarm.engine.LogFrames;
import dev.prodstack.swarm.problem.EngineException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a job prints. */
final class JobLog {
    private static final int LAST = 20;

    private final EngineClient engine;
    private final String service;
    private volatile @Nullable LogFrames following;
    private volatile boolean closed;

    JobLog(EngineClient engine, String service) {
        this.engine = engine;
        this.service = service;
    }

    /** Whole lines of one output, from frames that may cut them. */
    private static final class Lines {
        private final ByteArrayOutputStream rest = new ByteArrayOutputStream();
        private final Consumer<String> listener;

        Lines(Consumer<String> listener) {
            this.listener = listener;
        }

        void add(byte[] content) {
            for (byte one : content) {
                if (one == '\n') {
                    end();
                } else {
                    rest.write(one);
                }
            }
        }

        void end() {
            if (rest.size() > 0) {
                listener.accept(rest.toString(StandardCharsets.UTF_8));
                rest.reset();
            }
        }
    }

    /** Tells each line of standard output as it comes, until closed or the log ends. */
    void follow(Consumer<String> listener) {
        Lines lines = new Lines(listener);
        try (LogFrames frames = engine.frames(request("1", "0").with("follow", "1"))) {
            following = frames;
            Optional<LogFrame> frame = closed ? Optional.empty() : frames.next();
            while (frame.isPresent() && !closed) {
                lines.add(frame.get().content());
                frame = frames.next();
            }
        } catch (EngineException e) {
            // What was printed is read as a whole in the end; until then nobody hears of it.
            return;
        } finally {
            following = null;
        }
    }

    void close() {
        closed = true;
        LogFrames frames = following;
        if (frames != null) {
            frames.close();
        }
    }

    /** All lines of standard output. */
    List<String> output() {
        return read(request("1", "0"));
    }

    /** The last lines of standard error. */
    List<String> errors() {
        List<String> lines = read(request("0", "1").with("tail", Integer.toString(LAST)));
        return lines.subList(Math.max(0, lines.size() - LAST), lines.size());
    }

    private List<String> read(EngineRequest request) {
        List<String> all = new ArrayList<>();
        Lines lines = new Lines(all::add);
        try (LogFrames frames = engine.frames(request)) {
            for (Optional<LogFrame> frame = frames.next(); frame.isPresent(); frame = frames.next()) {
                lines.add(frame.get().content());
            }
        }
        lines.end();
        return all;
    }

    private EngineRequest request(String stdout, String stderr) {
        return EngineRequest.get("services", service, "logs")
                .with("stdout", stdout)
                .with("stderr", stderr);
    }
}
