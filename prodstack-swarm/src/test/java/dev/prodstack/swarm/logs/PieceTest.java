package dev.prodstack.swarm.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.swarm.logs.LogLine.Output;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PieceTest {
    private static final Instant TIME = Instant.parse("2026-11-24T01:57:28.841763570Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            com.docker.swarm.node.id=n,com.docker.swarm.service.id=s,com.docker.swarm.task.id=t              | t   | n
            a=x%2Cy%3D1,com.docker.swarm.node.id=n,com.docker.swarm.task.id=t,zone=com.docker.swarm.task.id%3D7 | t   | n
            com.docker.swarm.task.id=a%20b                                                                   | a b | ''
            """)
    void detailsSayWhoWrote(String details, String task, String node) {
        assertThat(Piece.parse(Output.STDERR, "2026-11-24T02:57:28.841763570+01:00 " + details + " hi  there \n"))
                .contains(new Piece(TIME, task, node, Output.STDERR, "hi  there \n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Error grabbing logs: no such thing",
                "2026-11-24T01:57:28.841763570Z",
                "2026-11-24T01:57:28.841763570Z com.docker.swarm.node.id=n hi",
                "yesterday com.docker.swarm.task.id=t hi",
            })
    void otherTextIsNone(String text) {
        assertThat(Piece.parse(Output.STDOUT, text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"one\\n,one", "one\\r\\n,one", "one,one", "one\\n\\n,one\\n", "\\n,''"})
    void oneLineBreakIsTheEnd(String content, String text) {
        assertThat(piece("t", Output.STDOUT, content.translateEscapes()).text()).isEqualTo(text.translateEscapes());
    }

    @Test
    void partsOfALineAreJoinedByTaskAndOutput() {
        LineJoiner joiner = new LineJoiner();
        String bytes = new String("grün\n".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

        assertThat(joiner.add(piece("a", Output.STDOUT, bytes.substring(0, 3)))).isEmpty();
        assertThat(joiner.add(piece("a", Output.STDERR, "other output\n"))).isPresent();
        assertThat(joiner.add(piece("b", Output.STDOUT, "other "))).isEmpty();
        assertThat(joiner.add(piece("b", Output.STDOUT, "task\n")))
                .map(Piece::text)
                .contains("other task");
        assertThat(joiner.add(piece("a", Output.STDOUT, bytes.substring(3))))
                .map(Piece::text)
                .contains("grün");
        assertThat(joiner.rest()).isEmpty();
    }

    @Test
    void whatDoesNotEndIsCutInTheEnd() {
        LineJoiner joiner = new LineJoiner();
        joiner.add(piece("a", Output.STDOUT, "no line break"));
        assertThat(joiner.rest()).extracting(Piece::text).containsExactly("no line break");
        assertThat(joiner.add(piece("a", Output.STDOUT, "x".repeat(1 << 20)))).isPresent();
    }

    @Test
    void ofATerminalAllPartsOfALineStandInOne() {
        String head = "2026-11-24T01:57:28.841763570Z com.docker.swarm.task.id=t ";
        assertThat(PieceSource.Terminal.split(head + "at 2026-11-24T01:57:28.841763570Z it" + head + "went on\r\n"))
                .containsExactly(head + "at 2026-11-24T01:57:28.841763570Z it", head + "went on\r\n");
        assertThat(PieceSource.Terminal.split("Error grabbing logs: why\n"))
                .containsExactly("Error grabbing logs: why\n");
    }

    private static Piece piece(String task, Output output, String bytes) {
        return new Piece(TIME, task, "n", output, bytes);
    }
}
