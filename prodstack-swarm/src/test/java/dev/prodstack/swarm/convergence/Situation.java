package dev.prodstack.swarm.convergence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One look at a service, written down a line a task. */
final class Situation {
    private final ObjectNode service = JsonNodeFactory.instance.objectNode();
    private final List<JsonNode> tasks = new ArrayList<>();
    private final Set<String> upToDate = new HashSet<>();

    static Situation replicated(int replicas) {
        Situation situation = new Situation();
        situation.service.withObject("/Spec/Mode/Replicated").put("Replicas", replicas);
        return situation;
    }

    static Situation global(int desired) {
        Situation situation = new Situation();
        situation.service.withObject("/Spec/Mode/Global");
        situation.service.withObject("/ServiceStatus").put("DesiredTasks", desired);
        return situation;
    }

    static Situation job(int completions, int run) {
        Situation situation = new Situation();
        situation.service.withObject("/Spec/Mode/ReplicatedJob").put("TotalCompletions", completions);
        situation.service.withObject("/JobStatus/JobIteration").put("Index", run);
        return situation;
    }

    Situation update(String state, String message) {
        service.withObject("/UpdateStatus").put("State", state).put("Message", message);
        return this;
    }

    Situation restart(String condition, int attempts) {
        service.withObject("/Spec/TaskTemplate/RestartPolicy")
                .put("Condition", condition)
                .put("MaxAttempts", attempts);
        return this;
    }

    /** Tasks of the present version, each {@code slot state desired [error]}. */
    Situation now(String... lines) {
        add(true, lines);
        return this;
    }

    /** Tasks of the version before. */
    Situation before(String... lines) {
        add(false, lines);
        return this;
    }

    /** Tasks of a run of a job, each {@code slot state}. */
    Situation run(int number, String... lines) {
        for (String line : lines) {
            String[] words = line.split(" ", -1);
            ObjectNode task = task(words[0], words[1], words[1].equals("complete") ? "shutdown" : "running", "");
            task.withObject("/JobIteration").put("Index", number);
            upToDate.add(task.path("ID").asText());
        }
        return this;
    }

    private void add(boolean present, String... lines) {
        for (String line : lines) {
            String[] words = line.split(" ", 4);
            ObjectNode task = task(words[0], words[1], words[2], words.length > 3 ? words[3] : "");
            if (present) {
                upToDate.add(task.path("ID").asText());
            }
        }
    }

    private ObjectNode task(String slot, String state, String desired, String error) {
        ObjectNode task = JsonNodeFactory.instance.objectNode();
        String id = "t" + (tasks.size() + 1);
        task.put("ID", id).put("Slot", Integer.parseInt(slot)).put("DesiredState", desired);
        task.withObject("/Status")
                .put("State", state)
                .put("Timestamp", "2026-11-23T10:00:" + String.format("%02d", tasks.size()) + "Z")
                .put("Err", error);
        tasks.add(task);
        return task;
    }

    ServiceReading reading() {
        return new ServiceReading(service, tasks, upToDate);
    }
}
