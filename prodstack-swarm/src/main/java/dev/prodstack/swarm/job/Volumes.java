package dev.prodstack.swarm.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prodstack.swarm.spec.Suspension;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** On which nodes a volume has data. */
final class Volumes {
    private static final Set<String> NEVER_RAN = Set.of("new", "pending", "assigned", "accepted", "rejected");

    private Volumes() {}

    /** The mounts of volumes of a service. */
    static List<JsonNode> mounts(JsonNode service) {
        List<JsonNode> mounts = new ArrayList<>();
        service.at("/Spec/TaskTemplate/ContainerSpec/Mounts").forEach(mount -> {
            if (mount.path("Type").asText().equals("volume")) {
                mounts.add(mount);
            }
        });
        return mounts;
    }

    /**
     * The ids of the nodes: of the tasks that mount it and run, else of the last one of each slot.
     *
     * @param tasks the stack's tasks
     */
    static Set<String> nodes(String volume, Collection<JsonNode> services, Collection<JsonNode> tasks) {
        Map<String, JsonNode> mounting = new HashMap<>();
        Set<String> stoppedOn = new TreeSet<>();
        boolean shared = false;
        for (JsonNode service : services) {
            for (JsonNode mount : mounts(service)) {
                if (mount.path("Source").asText().equals(volume)) {
                    mounting.put(service.path("ID").asText(), mount);
                    stoppedOn.addAll(stoppedOn(service));
                    shared |= isShared(mount.at("/VolumeOptions/DriverConfig"));
                }
            }
        }
        Map<String, JsonNode> last = new TreeMap<>();
        tasks.stream()
                .filter(task -> mounting.containsKey(task.path("ServiceID").asText()))
                .filter(task -> !task.path("NodeID").asText("").isEmpty())
                .filter(task -> !NEVER_RAN.contains(task.at("/Status/State").asText()))
                .sorted(Comparator.comparing((JsonNode task) -> rank(task))
                        .thenComparing(task -> task.path("CreatedAt").asText()))
                .forEach(task -> last.put(slot(task), task));
        Set<String> nodes = new TreeSet<>();
        last.values().forEach(task -> nodes.add(task.path("NodeID").asText()));
        nodes.addAll(stoppedOn);
        return shared && nodes.size() > 1 ? Set.of(nodes.iterator().next()) : nodes;
    }

    /** Of services that are stopped the swarm soon knows no task any more. */
    private static List<String> stoppedOn(JsonNode service) {
        return Suspension.of(service.path("Spec")).map(Suspension::nodes).orElse(List.of());
    }

    private static int rank(JsonNode task) {
        return task.at("/Status/State").asText().equals("running") ? 1 : 0;
    }

    private static String slot(JsonNode task) {
        String slot = task.path("Slot").asText("0");
        return task.path("ServiceID").asText() + "/"
                + (slot.equals("0") || slot.isEmpty() ? task.path("NodeID").asText() : slot);
    }

    /** The local driver shares a volume where it mounts a network's file system. */
    private static boolean isShared(JsonNode driver) {
        String name = driver.path("Name").asText("");
        String type = driver.at("/Options/type").asText("");
        return !(name.isEmpty() || name.equals("local")) || type.startsWith("nfs") || type.equals("cifs");
    }
}
