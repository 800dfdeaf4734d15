package dev.prodstack.core.print;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import dev.prodstack.core.value.Data;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON, RFC 8259, that YAML parsers read alike: what is no printable character to YAML is escaped. */
public final class JsonText {
    private static final JsonFactory FACTORY = new JsonFactory().setCharacterEscapes(new YamlEscapes());
    private static final Separators SEPARATORS = Separators.createDefaultInstance()
            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
            .withArrayEmptySeparator("")
            .withObjectEmptySeparator("");

    private JsonText() {}

    /** On one line, as JSON lines want it. */
    public static String compact(Data data) {
        return write(data, Layout.COMPACT);
    }

    /** Indented, for people; ends without a line break. */
    public static String pretty(Data data) {
        return write(data, Layout.PRETTY);
    }

    private enum Layout {
        COMPACT,
        PRETTY
    }

    private static String write(Data data, Layout layout) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            if (layout == Layout.PRETTY) {
                generator.setPrettyPrinter(new DefaultPrettyPrinter(SEPARATORS));
            }
            write(data, generator);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(Data data, JsonGenerator generator) throws IOException {
        if (data instanceof Data.Text text) {
            generator.writeString(text.value());
        } else if (data instanceof Data.Numeral number) {
            generator.writeNumber(plain(number.value()));
        } else if (data instanceof Data.Bool bool) {
            generator.writeBoolean(bool.value());
        } else if (data instanceof Data.Items items) {
            generator.writeStartArray();
            for (Data item : items.items()) {
                write(item, generator);
            }
            generator.writeEndArray();
        } else if (data instanceof Data.Fields fields) {
            generator.writeStartObject();
            for (Map.Entry<String, Data> field : fields.fields().entrySet()) {
                generator.writeFieldName(field.getKey());
                write(field.getValue(), generator);
            }
            generator.writeEndObject();
        } else {
            generator.writeNull();
        }
    }

    /** Without an exponent unless the plain form would be absurdly long. */
    private static String plain(BigDecimal value) {
        return Math.abs(value.scale()) > 64 ? value.toString() : value.toPlainString();
    }

    /** Escapes what YAML 1.2 (5.1) does not let stand, or takes for a line break. */
    private static final class YamlEscapes extends CharacterEscapes {
        private static final long serialVersionUID = 1L;
        private static final int DELETE = 0x7F;

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] codes = standardAsciiEscapesForJSON();
            codes[DELETE] = ESCAPE_STANDARD;
            return codes;
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int c) {
            boolean control = c > DELETE && c < 0xA0;
            boolean lineBreak = c == 0x2028 || c == 0x2029;
            boolean noCharacter = c == 0xFEFF || c == 0xFFFE || c == 0xFFFF;
            return control || lineBreak || noCharacter ? new SerializedString(String.format("\\u%04X", c)) : null;
        }
    }
}
