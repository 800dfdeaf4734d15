package dev.prodstack.cli;

import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.cli.settings.Setting;
import dev.prodstack.swarm.Swarm;
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
}
