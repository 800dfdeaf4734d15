package dev.prodstack.core.lint;

import dev.prodstack.core.compose.ComposeFile;
import dev.prodstack.core.stack.Stack;
import java.util.List;

/** A stack as the rules see it. */
final class StackFacts {
    private final Stack stack;
    private final List<ServiceFacts> services;

    StackFacts(ComposeFile file) {
        this.stack = file.stack();
        this.services = stack.services().values().stream()
                .map(service -> new ServiceFacts(service, file))
                .toList();
    }

    Stack stack() {
        return stack;
    }

    List<ServiceFacts> services() {
        return services;
    }
}
