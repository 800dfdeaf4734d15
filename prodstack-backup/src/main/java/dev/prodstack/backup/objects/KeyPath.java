package dev.prodstack.backup.objects;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A key as names of folders and, last, of a file. A key is cut at its slashes. A percent sign is written {@code %25},
 * the names {@code .} and {@code ..} with {@code %2E} for each dot, NUL as {@code %00}, and a name that is empty, as
 * after the slash of {@code a/}, as {@code %}. A file whose name is a folder's too, as {@code a} beside {@code a/b},
 * has a {@code %} after it.
 */
final class KeyPath {
    private KeyPath() {}

    /** The names of a key. */
    static List<String> names(String key) {
        return Arrays.stream(key.split("/", -1)).map(KeyPath::encoded).toList();
    }

    /** The name of a file beside a folder of the same name. */
    static String besideFolder(String name) {
        return name + "%";
    }

    /** The key of names. */
    static String key(List<String> names) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            boolean marked = i == names.size() - 1 && name.length() > 1 && name.endsWith("%");
            parts.add(decoded(marked ? name.substring(0, name.length() - 1) : name));
        }
        return String.join("/", parts);
    }

    private static String encoded(String part) {
        if (part.isEmpty()) {
            return "%";
        }
        if (part.equals(".") || part.equals("..")) {
            return part.replace(".", "%2E");
        }
        return part.replace("%", "%25").replace("\0", "%00");
    }

    private static String decoded(String name) {
        return name.equals("%")
                ? ""
                : name.replace("%00", "\0").replace("%2E", ".").replace("%25", "%");
    }
}
