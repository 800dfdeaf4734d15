package dev.prodstack.cli;

import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.cli.settings.Setting;
import dev.prodstack.core.problem.Suggestion;
import dev.prodstack.swarm.Swarm;
import dev.prodstack.swarm.status.ServiceStatus;
import dev.prodstack.swarm.status.StackStatus;
import java.util.List;
import java.util.Optional;

/** Finds the name of the stack that a command is about which reads no Compose file for anything else. */
final class StackNames {
    private StackNames() {}

    /**
     * The stack that the settings name; else the Compose file's, where there is one; else the only one in the cluster.
     *
     * @throws Failure if none of these says which
     * @throws dev.prodstack.core.compose.ComposeException if the name is in a file that cannot be read
     */
    static String resolve(Context context, Swarm swarm) {
        Optional<String> named = context.settings().word(Setting.STACK);
        if (named.isPresent()) {
            return named.get();
        }
        Optional<String> inFile =
                StackFiles.loadIfPresent(context).map(file -> file.stack().name());
        if (inFile.isPresent()) {
            return inFile.get();
        }
        List<String> stacks = swarm.stacks();
        if (stacks.size() == 1) {
            return stacks.get(0);
        }
        throw stacks.isEmpty()
                ? Failure.usage("there is no stack in the cluster, and no Compose file here", "deploy one first")
                : Failure.usage(
                        "no Compose file here says which stack is meant; there are " + String.join(", ", stacks),
                        "name it with --stack NAME");
    }

    /**
     * The status of a stack that is there, with all its services.
     *
     * @param services names of services that are to be there as well
     * @throws Failure if the stack is not there, or one of these services
     */
    static StackStatus status(Swarm swarm, String name, List<String> services) {
        StackStatus status = swarm.status(name);
        if (status.services().isEmpty()) {
            List<String> stacks = swarm.stacks();
            throw Failure.failed(
                    "there is no stack \"" + name + "\" in the cluster",
                    Suggestion.forWord(name, stacks)
                            .orElse(
                                    stacks.isEmpty()
                                            ? "there is none at all"
                                            : "there are " + String.join(", ", stacks)));
        }
        List<String> known = status.services().stream().map(ServiceStatus::name).toList();
        for (String service : services) {
            if (!known.contains(service)) {
                throw Failure.usage(
                        "stack " + name + " has no service \"" + service + "\"",
                        Suggestion.forWord(service, known).orElse("there are " + String.join(", ", known)));
            }
        }
        return status;
    }
}
