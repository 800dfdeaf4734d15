package dev.prodstack.cli.display;

import dev.prodstack.core.print.JsonText;
import dev.prodstack.core.print.YamlText;
import dev.prodstack.core.value.Data;
import java.util.Locale;

/** The forms a result can be printed in. */
public enum OutputFormat {
    /** For people. */
    TABLE,
    /** For people and programs. */
    YAML,
    /** For programs; messages are JSON too. */
    JSON;

    /** Data as text of this form, ending with a line break; a table needs to know more, so YAML stands in for it. */
    public String print(Data data) {
        return this == JSON ? JsonText.pretty(data) + "\n" : YamlText.of(data);
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
