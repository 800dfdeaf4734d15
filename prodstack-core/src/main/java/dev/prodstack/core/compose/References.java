package dev.prodstack.core.compose;

import dev.prodstack.core.problem.Position;
import dev.prodstack.core.problem.Problems;
import dev.prodstack.core.problem.Suggestion;
import dev.prodstack.core.stack.Confinement.CredentialSpec.FromConfig;
import dev.prodstack.core.stack.FileReference;
import dev.prodstack.core.stack.Mount;
import dev.prodstack.core.stack.Service;
import dev.prodstack.core.stack.Stack;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Checks that everything a service names is defined. */
final class References {
    /** The network that services without any are attached to; it need not be defined. */
    private static final String DEFAULT_NETWORK = "default";

    private final Stack stack;
    private final SourceMap positions;
    private final Problems problems;

    private References(Stack stack, SourceMap positions, Problems problems) {
        this.stack = stack;
        this.positions = positions;
        this.problems = problems;
    }

    static void check(Stack stack, SourceMap positions, Problems problems) {
        References references = new References(stack, positions, problems);
        stack.services().values().forEach(references::check);
        DependencyCycles.check(stack, positions, problems);
    }

    private void check(Service service) {
        String path = "services." + service.name();
        service.networks().keySet().stream()
                .filter(key -> !key.equals(DEFAULT_NETWORK))
                .forEach(key -> network(key, path + ".networks." + key));
        for (int i = 0; i < service.mounts().size(); i++) {
            String source = path + ".volumes[" + i + "]";
            if (service.mounts().get(i) instanceof Mount.OfVolume volume) {
                volume.source()
                        .ifPresent(key -> defined(key, "volume", stack.volumes().keySet(), source));
            }
        }
        files(service.secrets(), "secret", stack.secrets().keySet(), path + ".secrets");
        files(service.configs(), "config", stack.configs().keySet(), path + ".configs");
        service.confinement().credentialSpec().ifPresent(spec -> {
            if (spec instanceof FromConfig config) {
                defined(config.key(), "config", stack.configs().keySet(), path + ".credential_spec.config");
            }
        });
        service.dependsOn().forEach((name, dependency) -> {
            String dependencyPath = path + ".depends_on." + name;
            if (dependency.required() && name.equals(service.name())) {
                problems.add(
                        positions.ofKey(dependencyPath), dependencyPath, "the service depends on itself", "remove it");
            } else if (dependency.required() && !stack.services().containsKey(name)) {
                problems.add(
                        positions.ofKey(dependencyPath),
                        dependencyPath,
                        "there is no service \"" + name + "\", or none with an active profile",
                        Suggestion.forWord(name, stack.services().keySet())
                                .orElse("define it, activate its profile, or write required: false"));
            }
        });
    }

    private void files(List<FileReference> references, String kind, Set<String> keys, String path) {
        for (int i = 0; i < references.size(); i++) {
            defined(references.get(i).source(), kind, keys, path + "[" + i + "]");
        }
    }

    /** It is named by a key, which may have a mapping behind it. */
    private void network(String key, String path) {
        defined(key, "network", stack.networks().keySet(), path, positions::ofKey);
    }

    private void defined(String key, String kind, Set<String> keys, String path) {
        defined(key, kind, keys, path, positions::of);
    }

    private void defined(String key, String kind, Set<String> keys, String path, Function<String, Position> where) {
        if (!keys.contains(key)) {
            problems.add(
                    where.apply(path),
                    path,
                    "the " + kind + " \"" + key + "\" is not defined",
                    Suggestion.forWord(key, keys).orElse("define it under the top-level " + kind + "s:"));
        }
    }
}
