package dev.prodstack.core.compose.canonical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortSyntaxTest {
    @ParameterizedTest
    @CsvSource({
        "80, 80/tcp",
        "8080:80, 8080->80/tcp",
        "53:53/UDP, 53->53/udp",
        ":80, 80/tcp",
        "80-82, 80/tcp 81/tcp 82/tcp",
        "8000-8001:9000-9001, 8000->9000/tcp 8001->9001/tcp",
        "8080-8081:80, 8080->80/tcp 8081->80/tcp",
        "127.0.0.1:8080:80, 127.0.0.1 8080->80/tcp",
        "127.0.0.1::80, 127.0.0.1 80/tcp",
        "::80, 80/tcp",
        "[::1]:8080:80/sctp, ::1 8080->80/sctp"
    })
    void writesOutTheShortForm(String text, String ports) {
        assertThat(PortSyntax.parse(text).stream()
                        .map(port ->
                                port.address().map(address -> address + " ").orElse("")
                                        + port.published()
                                                .map(published -> published + "->")
                                                .orElse("")
                                        + port.target() + "/" + port.protocol())
                        .collect(Collectors.joining(" ")))
                .isEqualTo(ports);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "0", "65536", "80:x", "1-3:5-6", "9-7", "80/", "a:b:c:d", "1-2-3", "80:80:80:80", "-1"})
    void refusesAnythingElse(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PortSyntax.parse(text))
                .withMessageStartingWith("expected");
    }
}
