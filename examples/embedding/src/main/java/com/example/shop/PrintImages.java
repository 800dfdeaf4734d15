package com.example.shop;

import dev.prodstack.core.compose.ComposeFile;
import dev.prodstack.core.stack.Stack;
import java.nio.file.Path;

/** Prints which image each service of a stack runs. */
public final class PrintImages {
    private PrintImages() {}

    /** Reads {@code docker-compose.prod.yml} of the working directory. */
    public static void main(String[] arguments) {
        Stack stack = ComposeFile.load(Path.of("docker-compose.prod.yml")).stack();
        stack.services().forEach((name, service) -> System.out.println(name + " runs " + service.image()));
    }
}
