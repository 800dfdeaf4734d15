package dev.prodstack.core.compose.operations;

import dev.prodstack.core.compose.read.Place;
import dev.prodstack.core.problem.Suggestion;
import dev.prodstack.core.stack.Mount;
import dev.prodstack.core.stack.Service;
import dev.prodstack.core.stack.Stack;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What extensions name in other parts of the file, to be looked up once all of it is read. */
final class Mentions {
    private final List<Consumer<Stack>> checks = new ArrayList<>();

    void secret(Place place, String key) {
        checks.add(stack -> defined(place, key, "secret", stack.secrets().keySet()));
    }

    void volume(Place place, String key) {
        checks.add(stack -> defined(place, key, "volume", stack.volumes().keySet()));
    }

    void service(Place place, String name) {
        checks.add(stack -> defined(place, name, "service", stack.services().keySet()));
    }

    /** A volume that a service mounts. */
    void mountedVolume(Place place, String key, String service) {
        volume(place, key);
        checks.add(stack -> {
            Service mounting = stack.services().get(service);
            if (stack.volumes().containsKey(key) && mounting != null && !mounts(mounting, key)) {
                place.problem(
                        "the service " + service + " does not mount the volume \"" + key + "\"",
                        "declare its backup beside a service that mounts it");
            }
        });
    }

    /** A service that has something to back up. */
    void backedUpService(Place place, String name) {
        service(place, name);
        checks.add(stack -> {
            Service named = stack.services().get(name);
            if (named != null && named.operations().backup().isEmpty()) {
                place.problem(
                        "the service \"" + name + "\" has no backup",
                        "add x-prodstack.backup to it, or take it out here");
            }
        });
    }

    void check(Stack stack) {
        checks.forEach(check -> check.accept(stack));
    }

    private static boolean mounts(Service service, String volume) {
        return service.mounts().stream().anyMatch(mount -> {
            if (mount instanceof Mount.OfVolume named) {
                return named.source().equals(Optional.of(volume));
            }
            return mount instanceof Mount.OfCluster cluster && cluster.source().equals(volume);
        });
    }

    private static void defined(Place place, String key, String kind, Set<String> keys) {
        if (!keys.contains(key)) {
            place.problem(
                    "the " + kind + " \"" + key + "\" is not defined",
                    Suggestion.forWord(key, keys).orElse("define it under the top-level " + kind + "s:"));
        }
    }
}
