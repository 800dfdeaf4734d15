package dev.prodstack.swarm.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prodstack.swarm.problem.EngineException;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogFramesTest {
    private static final String OUT_HI = "01 00 00 00 00 00 00 03 68 69 0a";
    private static final String ERR_NO = "02 00 00 00 00 00 00 02 6e 6f";

    @Test
    void tellsTheOutputsApart() {
        assertThat(all(bytes(OUT_HI + " " + ERR_NO + " " + OUT_HI)))
                .extracting(LogFrame::toString)
                .containsExactly("STDOUT: hi\n", "STDERR: no", "STDOUT: hi\n");
    }

    @Test
    void framesMayComeByteByByte() {
        InputStream slow = new ByteArrayInputStream(bytes(OUT_HI + " " + ERR_NO)) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                return super.read(buffer, offset, Math.min(length, 1));
            }
        };

        assertThat(all(slow)).extracting(LogFrame::text).containsExactly("hi\n", "no");
    }

    @Test
    void framesMayBeEmptyAndBinary() {
        assertThat(all(bytes("01 00 00 00 00 00 00 00  02 00 00 00 00 00 00 02 ff 00")))
                .containsExactly(
                        new LogFrame(LogFrame.Output.STDOUT, new byte[0]),
                        new LogFrame(LogFrame.Output.STDERR, new byte[] {(byte) 0xff, 0}));
    }

    @Test
    void aFrameMayBeLong() {
        byte[] content = "x".repeat(4 << 20).getBytes(StandardCharsets.US_ASCII);
        InputStream in = new SequenceInputStream(
                new ByteArrayInputStream(bytes("01 00 00 00 00 40 00 00")), new ByteArrayInputStream(content));

        assertThat(all(in)).containsExactly(new LogFrame(LogFrame.Output.STDOUT, content));
    }

    @Test
    void nothingIsNoFrame() {
        assertThat(all(new byte[0])).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            01 00 00                      | ended inside a frame's header, after 3 of 8 bytes
            01 00 00 00 00 00 00          | ended inside a frame's header, after 7 of 8 bytes
            01 00 00 00 00 00 00 03 68 69 | ended inside a frame, after 2 of 3 bytes
            01 00 00 00 00 00 00 01       | ended inside a frame, after 0 of 1 bytes
            00 00 00 00 00 00 00 01 68    | no frame begins with 00 00 00 00 00 00 00 01
            04 00 00 00 00 00 00 01 68    | no frame begins with 04
            01 00 01 00 00 00 00 01 68    | no frame begins with 01 00 01
            68 65 6c 6c 6f 20 74 74 79    | no frame begins with 68 65 6c 6c 6f 20 74 74
            01 00 00 00 00 40 00 01 68    | a frame of 4194305 bytes; at most 4194304 are expected
            01 00 00 00 ff ff ff ff 68    | a frame of 4294967295 bytes; at most 4194304 are expected
            01 00 00 00 80 00 00 00 68    | a frame of 2147483648 bytes; at most 4194304 are expected
            """)
    void whatIsNoFrameIsSaid(String hex, String expected) {
        assertThatThrownBy(() -> all(bytes(hex)))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.GARBLED))
                .hasMessageStartingWith("GET /logs: " + expected)
                .hasMessageEndingWith("(a container with a terminal (tty) sends no frames)");
    }

    @Test
    void whatTheEngineHasToSayIsAFailure() {
        String message = HexFormat.of().formatHex("node n2 is down\n".getBytes(StandardCharsets.US_ASCII));
        LogFrames frames = frames(new ByteArrayInputStream(bytes(OUT_HI + " 03 00 00 00 00 00 00 10 " + message)));

        assertThat(frames.next()).map(LogFrame::text).hasValue("hi\n");
        assertThatThrownBy(frames::next)
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.reason()).isEqualTo("node n2 is down"));
    }

    @Test
    void aBrokenConnectionIsNoEnd() {
        InputStream broken = new FilterInputStream(InputStream.nullInputStream()) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                throw new IOException("reset");
            }
        };

        assertThatThrownBy(frames(broken)::next)
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.UNANSWERED))
                .hasMessageContaining("the connection broke: reset");
    }

    private static LogFrames frames(InputStream in) {
        return new LogFrames("GET /logs", in);
    }

    private static List<LogFrame> all(byte[] bytes) {
        return all(new ByteArrayInputStream(bytes));
    }

    private static List<LogFrame> all(InputStream in) {
        List<LogFrame> all = new ArrayList<>();
        try (LogFrames frames = frames(in)) {
            for (Optional<LogFrame> frame = frames.next(); frame.isPresent(); frame = frames.next()) {
                all.add(frame.get());
            }
        }
        return all;
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
