package dev.prodstack.core.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "512, 512, 512",
        "512b, 512, 512",
        "1k, 1024, 1K",
        "64kb, 65536, 64K",
        "10MiB, 10485760, 10M",
        "50M, 52428800, 50M",
        "1.5g, 1610612736, 1536M",
        "2 GB, 2147483648, 2G",
        "1t, 1099511627776, 1T",
        "0.5, 0, 0",
        "9223372036854775807, 9223372036854775807, 9223372036854775807"
    })
    void readsWhatDockerReadsAndPrintsTheLargestExactUnit(String text, long bytes, String printed) {
        ByteSize size = ByteSize.parse(text);

        assertThat(size.bytes()).isEqualTo(bytes);
        assertThat(size).hasToString(printed);
        assertThat(ByteSize.parse(printed)).isEqualTo(size);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "M", "-1", "1x", "1 2", "1.", ".5", "1e3", "5 apples", "9223372036854775808", "8193p"})
    void refusesAnythingElse(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ByteSize.parse(text))
                .withMessageStartingWith("expected");
    }
}
