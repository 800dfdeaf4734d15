package dev.prodstack.core.compose.operations;

import dev.prodstack.core.compose.canonical.BaseDirectory;
import dev.prodstack.core.compose.canonical.Canonical;
import dev.prodstack.core.compose.read.StackReader;
import dev.prodstack.core.problem.Problem;
import dev.prodstack.core.problem.Problems;
import dev.prodstack.core.stack.Operations;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.core.stack.StackOperations;
import dev.prodstack.core.yaml.Node.MapNode;
import dev.prodstack.core.yaml.SourceText;
import dev.prodstack.core.yaml.YamlReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An extension put into a small stack: beside the service {@code app}, and at the top of the file.
 *
 * @param stack the stack
 * @param problems what is wrong with it
 */
record Snippet(Stack stack, List<Problem> problems) {
    private static final String FRAME = """
            services:
              app:
                image: shop/app:1
                volumes:
                  - data:/data
                deploy: %s
                x-prodstack: %s
              other:
                image: shop/other:1
            volumes:
              data: {}
              elsewhere: {}
            secrets:
              pw: {external: true}
              id: {external: true}
            x-prodstack: %s
            """;
    private static final String DEPLOY =
            "{resources: {reservations: {cpus: '0.5'}, limits: {cpus: '1', memory: 512M}}}";

    /** Beside a service that has a CPU reservation, a CPU limit and a memory limit. */
    static Snippet besideService(String extension) {
        return besideService(extension, DEPLOY);
    }

    static Snippet besideService(String extension, String deploy) {
        return read(FRAME.formatted(deploy, extension, ""));
    }

    static Snippet atTheTop(String extension) {
        return read(FRAME.formatted(DEPLOY, "{backup: [redis: ]}", extension));
    }

    static Snippet read(String yaml) {
        Problems problems = new Problems();
        MapNode root = (MapNode)
                YamlReader.read(new SourceText("c.yml", yaml), problems).orElseThrow();
        BaseDirectory directory = new BaseDirectory(Path.of("/srv/shop"), Optional.empty());
        MapNode canonical = new Canonical(directory).rewrite(root, problems);
        OperationsReader operations = new OperationsReader();
        Stack stack = new StackReader(problems, operations).read("shop", canonical);
        operations.check(stack);
        return new Snippet(stack, problems.toList());
    }

    Operations ofService() {
        return Objects.requireNonNull(stack.services().get("app")).operations();
    }

    StackOperations ofStack() {
        return stack.operations();
    }
}
