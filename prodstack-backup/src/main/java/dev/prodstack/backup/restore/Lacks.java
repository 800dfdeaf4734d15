package dev.prodstack.backup.restore;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Gathers what is lacking, from many threads. */
final class Lacks {
    private final List<Lack> lacks = new ArrayList<>();
    private final Consumer<Lack> listener;

    Lacks(Consumer<Lack> listener) {
        this.listener = listener;
    }

    synchronized void add(Lack lack) {
        lacks.add(lack);
        listener.accept(lack);
    }

    void content(Item item, String reason) {
        add(new Lack(item.shown(), Lack.Kind.CONTENT, reason));
    }

    void metadata(Item item, String reason) {
        add(new Lack(item.shown(), Lack.Kind.METADATA, reason));
    }

    synchronized List<Lack> all() {
        return List.copyOf(lacks);
    }

    static String words(Exception e) {
        if (e instanceof AccessDeniedException) {
            return "this user may not";
        }
        if (e instanceof NoSuchFileException) {
            return "it or a directory above it vanished";
        }
        @Nullable String reason = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }
}
