package dev.prodstack.core.lint;

import java.util.List;

/** Takes an item of a list together with its place in it. */
@FunctionalInterface
interface Indexed<T> {
    void accept(int index, T item);

    static <T> void forEach(List<T> items, Indexed<? super T> action) {
        for (int i = 0; i < items.size(); i++) {
            action.accept(i, items.get(i));
        }
    }
}
