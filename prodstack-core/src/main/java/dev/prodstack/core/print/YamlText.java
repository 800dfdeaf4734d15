package dev.prodstack.core.print;

import dev.prodstack.core.value.Data;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.StreamDataWriter;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.emitter.Emitter;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.ImplicitTuple;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.events.StreamStartEvent;

/**
 * YAML in block style. Strings that some parser, YAML 1.1 ones included, would take for something else ({@code no},
 * {@code 0755}, {@code 22:22}, {@code 1e3}) are quoted.
 */
public final class YamlText {
    private static final Pattern SAFE = Pattern.compile(
            "[A-Za-z/._$][A-Za-z0-9/._:@=+,()*%$ -]*[A-Za-z0-9/_)]|[A-Za-z/_]|[0-9]+[a-zA-Z]*[g-wyzA-Z]|([0-9]+[hms]){2,}");
    private static final Pattern WORD_WITH_MEANING =
            Pattern.compile("(?i:y|yes|n|no|true|false|on|off|null|nil|~|\\.?inf|\\.?nan)|[.][0-9].*|.*(: | #).*");

    private YamlText() {}

    /** The document; ends with a line break. */
    public static String of(Data data) {
        DumpSettings settings = DumpSettings.builder()
                .setWidth(Integer.MAX_VALUE)
                .setSplitLines(false)
                .setIndent(2)
                .setIndicatorIndent(2)
                .setIndentWithIndicator(true)
                .setMaxSimpleKeyLength(1024)
                .build();
        Text text = new Text();
        Emitter emitter = new Emitter(settings, text);
        emitter.emit(new StreamStartEvent());
        emitter.emit(new DocumentStartEvent(false, Optional.empty(), Map.of()));
        emit(data, emitter);
        emitter.emit(new DocumentEndEvent(false));
        emitter.emit(new StreamEndEvent());
        return text.toString();
    }

    private static void emit(Data data, Emitter emitter) {
        if (data instanceof Data.Fields fields) {
            FlowStyle style = fields.fields().isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK;
            emitter.emit(new MappingStartEvent(Optional.empty(), Optional.empty(), true, style));
            fields.fields().forEach((key, value) -> {
                text(key, emitter);
                emit(value, emitter);
            });
            emitter.emit(new MappingEndEvent());
        } else if (data instanceof Data.Items items) {
            FlowStyle style = items.items().isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK;
            emitter.emit(new SequenceStartEvent(Optional.empty(), Optional.empty(), true, style));
            items.items().forEach(item -> emit(item, emitter));
            emitter.emit(new SequenceEndEvent());
        } else if (data instanceof Data.Text text) {
            text(text.value(), emitter);
        } else {
            scalar(JsonText.compact(data), ScalarStyle.PLAIN, emitter);
        }
    }

    private static void text(String value, Emitter emitter) {
        boolean plain = SAFE.matcher(value).matches()
                && !WORD_WITH_MEANING.matcher(value).matches();
        boolean block = value.indexOf('\n') >= 0
                && value.length() > 1
                && value.chars().allMatch(YamlText::isBlockSafe)
                && !value.startsWith(" ")
                && !value.startsWith("\n");
        scalar(value, plain ? ScalarStyle.PLAIN : block ? ScalarStyle.LITERAL : ScalarStyle.DOUBLE_QUOTED, emitter);
    }

    private static boolean isBlockSafe(int c) {
        return c == '\n' || (c >= ' ' && c < 0x7f);
    }

    private static void scalar(String value, ScalarStyle style, Emitter emitter) {
        emitter.emit(new ScalarEvent(Optional.empty(), Optional.empty(), new ImplicitTuple(true, true), value, style));
    }

    private static final class Text implements StreamDataWriter {
        private final StringBuilder text = new StringBuilder();

        @Override
        public void write(String part) {
            text.append(part);
        }

        @Override
        public void write(String part, int offset, int length) {
            text.append(part, offset, offset + length);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
