package dev.prodstack.backup.stack;

import dev.prodstack.backup.work.Moment;
import dev.prodstack.core.cluster.ClusterStore;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How far a restore is, kept in the cluster, so that whoever comes after a crash can go on or back.
 *
 * @param backup the id of the backup that is restored
 * @param from the stack that it is of
 * @param safety the id of the safety backup; empty if there is none
 * @param stopped the services that are stopped meanwhile
 * @param parts the parts that are restored, by name, in order
 * @param done how many of them are
 * @param moment the moment that databases are restored to
 */
record Journal(
        String backup,
        String from,
        String safety,
        List<String> stopped,
        List<String> parts,
        int done,
        Optional<Moment> moment) {
    private static final String NONE = "none";

    private static String name(String stack) {
        return ClusterStore.nameFor("restore.", stack);
    }

    static Optional<Journal> read(ClusterStore store, String stack) {
        return store.read(name(stack))
                .map(entry -> new String(entry.value(), StandardCharsets.UTF_8))
                .filter(text -> !text.equals(NONE))
                .map(text -> text.split("\n", -1))
                .map(lines -> new Journal(
                        lines[0],
                        lines[1],
                        lines[2],
                        list(lines[3]),
                        list(lines[4]),
                        Integer.parseInt(lines[5]),
                        lines.length > 6 && !lines[6].isEmpty()
                                ? Optional.of(Moment.parse(lines[6]))
                                : Optional.empty()));
    }

    private static List<String> list(String line) {
        return line.isEmpty() ? List.of() : Arrays.asList(line.split(","));
    }

    void write(ClusterStore store, String stack) {
        write(
                store,
                stack,
                String.join(
                        "\n",
                        backup,
                        from,
                        safety,
                        String.join(",", stopped),
                        String.join(",", parts),
                        Integer.toString(done),
                        moment.map(Moment::line).orElse("")));
    }

    static void clear(ClusterStore store, String stack) {
        if (store.read(name(stack)).isPresent()) {
            write(store, stack, NONE);
        }
    }

    private static void write(ClusterStore store, String stack, String text) {
        store.update(name(stack), before -> text.getBytes(StandardCharsets.UTF_8));
    }

    Journal withDone(int number) {
        return new Journal(backup, from, safety, stopped, parts, number, moment);
    }
}
