package com.example.shop;

import dev.prodstack.core.compose.ComposeFile;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.swarm.Swarm;
import java.nio.file.Path;

/** Deploys a stack, and takes it back if it does not get healthy. */
public final class Deploy {
    private Deploy() {}

    /** Deploys {@code docker-compose.prod.yml} of the working directory to where {@code DOCKER_HOST} leads. */
    public static void main(String[] arguments) {
        Stack stack = ComposeFile.load(Path.of("docker-compose.prod.yml")).stack();
        try (Swarm swarm = Swarm.connect()) {
            System.out.println(swarm.apply(swarm.plan(stack), System.out::println).ending());
            swarm.status(stack.name()).services().forEach(System.out::println);
        }
    }
}
