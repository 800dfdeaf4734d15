package dev.prodstack.core.problem;

import org.jspecify.annotations.Nullable;

/**
 * A dotted path such as {@code services.web.ports[0]}, to be spelt out where something is wrong: nearly all are never
 * shown, and with long keys, the texts of all of them would fill memory.
 */
public final class DottedPath {
    /** The path of the whole file, empty. */
    public static final DottedPath ROOT = new DottedPath(null, "", -1);

    private final @Nullable DottedPath parent;
    private final String key;
    private final int index;

    private DottedPath(@Nullable DottedPath parent, String key, int index) {
        this.parent = parent;
        this.key = key;
        this.index = index;
    }

    /** The path of a mapping's value. */
    public DottedPath key(String name) {
        return new DottedPath(this, name, -1);
    }

    /** The path of a list's item. */
    public DottedPath item(int position) {
        return new DottedPath(this, "", position);
    }

    /** Whether it is the path of a list's item. */
    public boolean isItem() {
        return index >= 0;
    }

    /** The path in words. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        append(text);
        return text.toString();
    }

    private void append(StringBuilder text) {
        if (parent == null) {
            return;
        }
        parent.append(text);
        if (isItem()) {
            text.append('[').append(index).append(']');
        } else {
            text.append(text.isEmpty() ? "" : ".").append(key);
        }
    }
}
