package dev.prodstack.cli;

import dev.prodstack.backup.browse.Entry;
import dev.prodstack.backup.tree.GoFileMode;
import dev.prodstack.backup.tree.Node;
import dev.prodstack.cli.display.Plain;
import dev.prodstack.core.value.Data;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/** A file of a snapshot, as {@code ls -l} shows one and for programs. */
final class EntryData {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private EntryData() {}

    static String line(Entry entry) {
        Node node = entry.node();
        String owner = name(node.user(), node.uid()) + ":" + name(node.group(), node.gid());
        String target = node.target().map(to -> " -> " + to).orElse("");
        return String.format("%s %-17s %12d %s ", mode(node), owner, node.size(), TIME.format(node.modified()))
                + Plain.line(entry.path() + target)
                + "\n";
    }

    private static String name(String name, int number) {
        return name.isEmpty() ? Integer.toUnsignedString(number) : name;
    }

    private static String mode(Node node) {
        char kind = switch (node.kind()) {
            case FILE -> '-';
            case DIRECTORY -> 'd';
            case SYMLINK -> 'l';
            case DEVICE -> 'b';
            case CHARACTER_DEVICE -> 'c';
            case FIFO -> 'p';
            case SOCKET -> 's';
        };
        int mode = GoFileMode.unix(node.mode());
        StringBuilder text = new StringBuilder().append(kind);
        for (int shift = 6; shift >= 0; shift -= 3) {
            int bits = mode >> shift & 7;
            boolean special = (mode & (01000 << (shift / 3))) != 0;
            char on = shift == 0 ? 't' : 's';
            text.append((bits & 4) != 0 ? 'r' : '-').append((bits & 2) != 0 ? 'w' : '-');
            boolean run = (bits & 1) != 0;
            text.append(special ? (run ? on : Character.toUpperCase(on)) : run ? 'x' : '-');
        }
        return text.toString();
    }

    static Data of(Entry entry) {
        Node node = entry.node();
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("path", Data.of(entry.path()));
        fields.put("type", Data.of(node.kind().word()));
        fields.put("mode", Data.of(String.format("%04o", GoFileMode.unix(node.mode()))));
        fields.put("uid", Data.of(Integer.toUnsignedLong(node.uid())));
        fields.put("gid", Data.of(Integer.toUnsignedLong(node.gid())));
        fields.put("user", Data.of(node.user()));
        fields.put("group", Data.of(node.group()));
        fields.put("size", Data.of(node.size()));
        fields.put("mtime", Data.of(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(node.modified())));
        node.target().ifPresent(target -> fields.put("target", Data.of(target.toString())));
        return Data.of(fields);
    }
}
