package dev.prodstack.core.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.core.generate.Property;
import dev.prodstack.core.generate.StackFileGenerator;
import dev.prodstack.core.print.JsonText;
import dev.prodstack.core.print.YamlText;
import dev.prodstack.core.value.Data;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is printed reads back as what it was printed from. */
class RoundTripPropertyTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void aStackPrintedAndReadIsTheSameStack() {
        Property.holds(700, 100_000, random -> {
            String drawn = YamlText.of(new StackFileGenerator(random).file());
            ComposeFile first = load(drawn);
            String printed = YamlText.of(first.toData());
            ComposeFile second = load(printed);
            assertThat(second.stack()).as("%s", drawn).isEqualTo(first.stack());
            assertThat(YamlText.of(second.toData())).isEqualTo(printed);
            assertThat(second.warnings()).isEmpty();
            assertThat(load(JsonText.pretty(first.toData())).stack()).isEqualTo(first.stack());
        });
    }

    @Test
    void dataPrintedAndReadIsTheSameData() {
        Property.holds(1_500, 300_000, random -> {
            Data data = new StackFileGenerator(random).file();
            Data extension = ((Data.Fields) data).fields().getOrDefault("x-anything", Data.of(""));
            String file = YamlText.of(Data.of(Map.of(
                    "services", Data.of(Map.of("a", Data.of(Map.of("image", Data.of("x"))))), "x-a", extension)));
            Data read = load(file).stack().extensions().getOrDefault("x-a", Data.of("gone"));
            assertThat(read).as("%s", file).isEqualTo(expanded(extension));
        });
    }

    /** The drawn strings with what variables they have. */
    private static Data expanded(Data data) {
        if (data instanceof Data.Text text) {
            return Data.of(text.value().replace("${NOT_SET:-d}", "d").replace("$$", "$"));
        }
        if (data instanceof Data.Items items) {
            return Data.of(
                    items.items().stream().map(RoundTripPropertyTest::expanded).toList());
        }
        if (data instanceof Data.Fields fields) {
            Map<String, Data> values = new java.util.LinkedHashMap<>();
            fields.fields().forEach((key, value) -> values.put(key, expanded(value)));
            return Data.of(values);
        }
        return data;
    }

    private ComposeFile load(String text) throws IOException {
        Path file = directory.resolve("compose.yml");
        Files.writeString(file, text);
        try {
            return ComposeFile.load(ComposeSource.of(file).withEnvironment(Map.of("HOME", "/home/op", "A", "1")));
        } catch (ComposeException e) {
            throw new AssertionError(e.getMessage() + "\n" + text, e);
        }
    }
}
