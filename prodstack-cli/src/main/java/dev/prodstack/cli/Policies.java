package dev.prodstack.cli;

import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.core.compose.ComposeFile;
import dev.prodstack.core.compose.PolicyText;
import dev.prodstack.core.problem.Suggestion;
import dev.prodstack.core.scaling.ScalingPolicy;
import dev.prodstack.core.stack.Service;
import dev.prodstack.core.yaml.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The scaling policies that a command line means, by name. */
final class Policies {
    private Policies() {}

    /**
     * A service's policy, and those of files.
     *
     * @throws Failure if there is none
     */
    static Map<String, ScalingPolicy> load(Context context, Optional<String> service, List<Path> files) {
        Map<String, ScalingPolicy> policies = new LinkedHashMap<>();
        service.ifPresent(name -> policies.put(name, ofService(context, name)));
        for (Path file : files) {
            policies.put(file.toString(), ofFile(context, file));
        }
        if (policies.isEmpty()) {
            throw Failure.usage("a policy is missing", "name a service of the stack, or give --policy FILE");
        }
        return policies;
    }

    /** The policies of a stack, by service. */
    static Map<String, ScalingPolicy> ofStack(ComposeFile file) {
        Map<String, ScalingPolicy> policies = new LinkedHashMap<>();
        file.stack()
                .services()
                .forEach((name, its) -> its.operations().autoscale().ifPresent(policy -> policies.put(name, policy)));
        return policies;
    }

    static ScalingPolicy ofService(Context context, String name) {
        ComposeFile file = StackFiles.load(context);
        Service service = file.stack().services().get(name);
        Map<String, ScalingPolicy> policies = ofStack(file);
        if (service == null) {
            throw Failure.usage(
                    "the stack has no service \"" + name + "\"",
                    Suggestion.forWord(name, file.stack().services().keySet())
                            .orElse("services with a policy: " + String.join(", ", policies.keySet())));
        }
        return Optional.ofNullable(policies.get(name))
                .orElseThrow(() -> Failure.usage(
                        "the service " + name + " has no scaling policy",
                        policies.isEmpty()
                                ? "add x-prodstack.autoscale beside it"
                                : "services with a policy: " + String.join(", ", policies.keySet())));
    }

    private static ScalingPolicy ofFile(Context context, Path file) {
        try {
            String text =
                    Files.readString(context.surroundings().workingDirectory().resolve(file));
            return PolicyText.read(new SourceText(file.toString(), text));
        } catch (IOException e) {
            throw Failure.failed("the policy " + file + " cannot be read: " + Failures.word(e), "", e);
        }
    }
}
