package dev.prodstack.swarm.convergence;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** How far a service is whose tasks are kept running. */
final class ReplicaProgress {
    private final ServiceReading reading;
    private final Crashes crashes;

    ReplicaProgress(ServiceReading reading) {
        this.reading = reading;
        this.crashes = new Crashes(reading);
    }

    Standing standing() {
        JsonNode update = reading.service().path("UpdateStatus");
        String message = update.path("Message").asText();
        return switch (update.path("State").asText()) {
            case "paused" -> failed(Standing.Cause.PAUSED, crashes, message);
            case "rollback_started" -> new Standing.GoingBack(message);
            case "rollback_completed" -> failed(Standing.Cause.ROLLED_BACK, others(), message);
            case "rollback_paused" -> failed(Standing.Cause.ROLLBACK_PAUSED, others(), message);
            case "updating" ->
                crashes.verdict().<Standing>map(failure -> failure).orElseGet(this::watchedOrMoving);
            default -> crashes.verdict().<Standing>map(failure -> failure).orElseGet(this::settledOrMoving);
        };
    }

    private static Standing failed(Standing.Cause cause, Crashes crashes, String message) {
        String reason = crashes.latestReason();
        return new Standing.Failed(cause, reason.isEmpty() ? message : reason, crashes.ids());
    }

    /** Once the engine has gone back, those of the version that failed are no longer the present ones. */
    private Crashes others() {
        return new Crashes(reading, reading.past());
    }

    private Standing settledOrMoving() {
        Counts counts = counts();
        return counts.running() == reading.wanted() && counts.live() == counts.running()
                ? new Standing.Settled(counts.running())
                : moving(counts, waitingFor());
    }

    /** The engine calls an update done only when it has watched the last task for the monitor period. */
    private Standing watchedOrMoving() {
        Counts counts = counts();
        boolean all = counts.running() == reading.wanted() && counts.live() == counts.running();
        return moving(counts, all ? "watching the new tasks before the update counts as done" : waitingFor());
    }

    private Standing moving(Counts counts, String waitingFor) {
        return new Standing.Moving(counts.running(), reading.wanted(), counts.old(), waitingFor);
    }

    private record Counts(long live, long running, long old) {}

    private Counts counts() {
        List<JsonNode> live = reading.tasks().stream()
                .filter(task -> task.path("DesiredState").asText().equals("running"))
                .toList();
        long running = live.stream()
                .filter(task -> reading.upToDate().contains(ServiceReading.id(task)))
                .filter(task -> ServiceReading.state(task).equals("running"))
                .count();
        long old = live.stream()
                .filter(task -> !reading.upToDate().contains(ServiceReading.id(task)))
                .count();
        return new Counts(live.size(), running, old);
    }

    private String waitingFor() {
        return reading.present().stream()
                .filter(task -> !task.path("DesiredState").asText().equals("shutdown"))
                .filter(task -> !ServiceReading.state(task).equals("running"))
                .findFirst()
                .map(this::explained)
                .orElse("");
    }

    private String explained(JsonNode task) {
        String error = task.path("Status").path("Err").asText();
        if (!error.isEmpty()) {
            return error;
        }
        String failure = crashes.latestReason();
        String state = ServiceReading.state(task);
        String now = state.equals("starting") ? "starting, or not healthy yet" : state;
        return failure.isEmpty() ? now : now + "; before: " + failure;
    }
}
