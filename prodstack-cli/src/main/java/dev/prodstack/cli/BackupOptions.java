package dev.prodstack.cli;

import dev.prodstack.backup.stack.Cluster;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.core.backup.BackupPlan;
import dev.prodstack.core.compose.ComposeFile;
import dev.prodstack.core.stack.Service;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.core.value.ImageReference;
import dev.prodstack.swarm.Swarm;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options that commands on backups of a stack have in common. */
final class BackupOptions {
    @Option(
            names = "--image",
            paramLabel = "IMAGE",
            description =
                    "The image of prodstack that jobs run in (env: PRODSTACK_IMAGE). By default that of the stack's service backup.")
    private Optional<String> image = Optional.empty();

    /**
     * The stack of the files that are named or here, or else as the last deploy left it.
     *
     * @throws Failure if there is neither
     */
    static Stack stack(Context context, Swarm swarm) {
        Optional<Stack> here = StackFiles.loadIfPresent(context).map(ComposeFile::stack);
        return here.orElseGet(() -> DeployedStack.read(swarm.store(), StackNames.resolve(context, swarm)));
    }

    /**
     * How the stack is backed up.
     *
     * @throws Failure if it says nothing of that
     */
    static BackupPlan settings(Stack stack) {
        return stack.operations()
                .backup()
                .orElseThrow(() -> Failure.failed(
                        "stack " + stack.name() + " does not say where it is backed up to",
                        "write x-prodstack.backup.repository at the top of its file (docs/COMPOSE.md)"));
    }

    /** The image that jobs run in. */
    String image(Context context, Stack stack) {
        return image.or(() ->
                        Optional.ofNullable(context.surroundings().environment().get("PRODSTACK_IMAGE")))
                .or(() -> Stream.of("backup", "autoscaler")
                        .flatMap(name -> Optional.ofNullable(stack.services().get(name)).stream())
                        .map(Service::image)
                        .flatMap(Optional::stream)
                        .map(ImageReference::toString)
                        .findFirst())
                .orElse("prodstack/prodstack:" + Version.number());
    }

    /** What backups need of a swarm. */
    static Cluster cluster(Context context, Swarm swarm) {
        return new Cluster(
                swarm.jobs(),
                swarm.control(),
                swarm.lastingStore(),
                Operator.of(context).toString());
    }
}
