package dev.prodstack.swarm.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.swarm.engine.EngineAddress;
import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.engine.EngineRequest;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds out what keeps a swarm from running stacks. */
public final class Doctor {
    private Doctor() {}

    /**
     * Looks at the engine and its swarm, and whether a stack could run there.
     *
     * @throws dev.prodstack.swarm.problem.EngineException if the engine does not answer
     */
    @SuppressWarnings("exports") // Who embeds prodstack goes through Swarm.
    public static List<Finding> examine(EngineClient engine, Optional<Stack> stack) {
        Facts facts = gather(engine);
        List<Finding> findings = new ArrayList<>(ClusterChecks.look(facts));
        stack.ifPresent(its -> findings.addAll(StackChecks.look(facts, its)));
        return List.copyOf(findings);
    }

    private static Facts gather(EngineClient engine) {
        JsonNode info = engine.send(EngineRequest.get("info"));
        Instant now = Instant.now();
        boolean manager = info.at("/Swarm/ControlAvailable").asBoolean();
        EngineAddress address = engine.address();
        return new Facts(
                engine.version().toString(),
                address instanceof EngineAddress.Network network
                        && network.tls().isEmpty(),
                info,
                now,
                manager ? list(engine.send(EngineRequest.get("nodes"))) : List.of(),
                manager ? list(engine.send(EngineRequest.get("services"))) : List.of(),
                address instanceof EngineAddress.LocalSocket socket
                        ? Optional.of(machine(info, socket.path()))
                        : Optional.empty());
    }

    private static List<JsonNode> list(JsonNode array) {
        List<JsonNode> list = new ArrayList<>();
        array.forEach(list::add);
        return list;
    }

    private static Facts.Machine machine(JsonNode info, Path socket) {
        Optional<Long> free = Optional.empty();
        long total = 0;
        try {
            FileStore store =
                    Files.getFileStore(Path.of(info.path("DockerRootDir").asText()));
            free = Optional.of(store.getUsableSpace());
            total = store.getTotalSpace();
        } catch (IOException e) {
            // The engine may live in a namespace or virtual machine of its own.
        }
        return new Facts.Machine(balancer(info.path("KernelVersion").asText()), free, total, isOpen(socket));
    }

    /** IPVS is there if it is loaded or built in, and the engine loads it where it is a module. */
    private static boolean balancer(String kernel) {
        if (Files.exists(Path.of("/proc/net/ip_vs")) || Files.exists(Path.of("/sys/module/ip_vs"))) {
            return true;
        }
        Path modules = Path.of("/lib/modules").resolve(kernel);
        try {
            for (String list : List.of("modules.dep", "modules.builtin")) {
                if (Files.exists(modules.resolve(list))
                        && Files.readString(modules.resolve(list)).contains("/ip_vs.ko")) {
                    return true;
                }
            }
        } catch (IOException e) {
            return false;
        }
        return false;
    }

    private static boolean isOpen(Path socket) {
        try {
            return Files.getPosixFilePermissions(socket).contains(PosixFilePermission.OTHERS_WRITE);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
