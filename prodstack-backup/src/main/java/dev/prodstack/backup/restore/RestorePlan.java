package dev.prodstack.backup.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** What a restore would do. Nothing has been written yet. */
public final class RestorePlan {
    final List<Item> directories = new ArrayList<>();
    final List<Item> files = new ArrayList<>();
    final List<HardLink> hardLinks = new ArrayList<>();
    final List<Item> others = new ArrayList<>();
    final List<Lack> lacks = new ArrayList<>();

    RestorePlan() {}

    /** A further name of a file that is restored under its first one. */
    record HardLink(Item item, Item first) {}

    /** Gives on each path of the snapshot that is meant, but for directories, and what would be done with it. */
    public void forEach(BiConsumer<String, Action> each) {
        items().forEach(item -> each.accept(item.shown(), item.action()));
    }

    /** How many of an action there are. */
    public long count(Action action) {
        return items().filter(item -> item.action() == action).count();
    }

    /** The bytes of the files that would be written. */
    public long bytes() {
        return files.stream()
                .filter(Item::written)
                .mapToLong(item -> item.node().size())
                .sum();
    }

    /** What cannot be restored, as far as that is known before. */
    public List<Lack> lacks() {
        return List.copyOf(lacks);
    }

    private Stream<Item> items() {
        return Stream.of(files.stream(), hardLinks.stream().map(HardLink::item), others.stream())
                .flatMap(items -> items);
    }
}
