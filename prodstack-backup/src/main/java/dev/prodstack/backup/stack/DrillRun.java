package dev.prodstack.backup.stack;

import dev.prodstack.backup.work.Work;
import dev.prodstack.backup.work.WorkResult;
import dev.prodstack.core.backup.BackupPart;
import dev.prodstack.core.backup.BackupPlan.Request;
import dev.prodstack.core.backup.BackupPlan.Verification;
import dev.prodstack.core.cluster.ClusterException;
import dev.prodstack.core.cluster.JobMount;
import dev.prodstack.core.cluster.TrialStacks;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** One drill: what is made, looked at, and removed. */
final class DrillRun {
    private static final Duration SHORT = Duration.ofMinutes(10);
    private static final String DIFFERENT = "different";

    private final DrillPlan plan;
    private final TrialStacks trials;
    private final Cluster cluster;
    private final Consumer<StackEvent> events;
    private final List<DrillReport.Check> checks = new ArrayList<>();
    private Map<String, String> before = Map.of();
    private Duration deploy = Duration.ZERO;
    private Duration restore = Duration.ZERO;
    private Duration looking = Duration.ZERO;

    DrillRun(DrillPlan plan, TrialStacks trials, Cluster cluster, Consumer<StackEvent> events) {
        this.plan = plan;
        this.trials = trials;
        this.cluster = cluster;
        this.events = events;
    }

    private String name() {
        return plan.trial().name();
    }

    /** All but the end. */
    void all(StackRestore restoring) throws IOException, InterruptedException {
        before = trials.state(plan.stack());
        trials.remove(name());
        Instant begun = Instant.now();
        events.accept(new StackEvent.Begun("throw-away stack " + name()));
        trials.create(
                plan.trial(), plan.timeout(), line -> events.accept(new StackEvent.Note("throw-away stack", line)));
        deploy = Duration.between(begun, Instant.now());
        events.accept(new StackEvent.Done("throw-away stack " + name(), "", deploy));
        check("isolation", this::isolation);
        if (!checks.get(0).problem().isEmpty()) {
            // Going on would risk what the drill is to leave alone.
            throw new WorkFailure(checks.get(0).problem());
        }
        restoring.inspecting(its -> look(its, restoring.work()));
        RestorePlan steps = restoring.plan(plan.backup(), part -> true);
        if (!steps.obstacles().isEmpty()) {
            throw new WorkFailure(String.join("; ", steps.obstacles()));
        }
        RestoreReport report = restoring.run(steps, Verification.Level.STRUCTURE, StackRestore.Safety.NONE);
        if (report.ending() != RestoreReport.Ending.DONE) {
            throw new WorkFailure(report.reason());
        }
        restore = report.took().minus(looking);
        for (Request request : plan.requests()) {
            String url = "http://" + request.service() + ":" + request.port() + request.path();
            check("request " + url, () -> ask(request, url, restoring.work()));
        }
    }

    private void look(RestorePlan steps, StackWork work) {
        Instant begun = Instant.now();
        for (RestorePlan.Step step : steps.steps()) {
            check(step.part().name(), () -> compare(step, work));
        }
        looking = Duration.between(begun, Instant.now());
    }

    private interface Look {
        /** What was found; what is wrong is thrown. */
        String found() throws IOException;
    }

    private void check(String check, Look look) {
        Instant begun = Instant.now();
        events.accept(new StackEvent.Begun("check " + check));
        String problem = "";
        String text = "";
        try {
            text = look.found();
        } catch (IOException | ClusterException e) {
            problem = String.valueOf(e.getMessage());
        }
        Duration took = Duration.between(begun, Instant.now());
        events.accept(
                problem.isEmpty()
                        ? new StackEvent.Done("check " + check, text, took)
                        : new StackEvent.Failed("check " + check, problem));
        checks.add(new DrillReport.Check(check, problem, text, took));
    }

    private String compare(RestorePlan.Step step, StackWork work) throws IOException {
        StepPlace place = new StepPlace(plan.trial(), step);
        BackupPart part = step.part();
        Optional<String> volume = place.volume();
        StackWork.Outcome outcome = volume.isPresent()
                ? work.run(
                        place.files("compare", volume.get(), JobMount.Access.READ),
                        access -> new Work.CompareFiles(access, part.snapshots(), StepPlace.path(volume.get())))
                : work.run(
                        place.server("compare", JobMount.Access.READ),
                        access -> new Work.CompareServer(
                                access, part.kind(), part.snapshots(), part.facts(), place.access()));
        return found(outcome.result());
    }

    private String ask(Request request, String url, StackWork work) throws IOException {
        StackWork.Place place = new StackWork.Place(
                "ask",
                "request " + url,
                Optional.of(plan.node().id()),
                Optional.of(request.service()),
                List.of(),
                Map.of(),
                SHORT);
        return found(work.run(place, access -> new Work.Ask(access, url, request.status()))
                .result());
    }

    private static String found(WorkResult result) throws WorkFailure {
        long different = Long.parseLong(result.facts().getOrDefault(DIFFERENT, "0"));
        if (different > 0) {
            throw new WorkFailure(different
                    + (different == 1 ? " thing differs: " : " things differ: ")
                    + String.join("; ", result.notes()));
        }
        return new TreeMap<>(result.facts())
                .entrySet().stream()
                        .filter(fact -> !fact.getKey().equals(DIFFERENT))
                        .map(fact -> fact.getKey().replace('_', ' ') + " " + fact.getValue())
                        .collect(Collectors.joining(", "));
    }

    /** What the cluster made of the throw-away stack, not what was asked for. */
    private String isolation() throws IOException {
        TrialStacks.Reach its = trials.reach(name());
        TrialStacks.Reach others = trials.reach(plan.stack());
        Set<String> wrong = new TreeSet<>();
        its.networks().stream()
                .filter(network ->
                        !network.startsWith(name() + "_") || others.networks().contains(network))
                .forEach(network -> wrong.add("the network " + network));
        its.volumes().stream()
                .filter(volume ->
                        !volume.startsWith(name() + "_") || others.volumes().contains(volume))
                .forEach(volume -> wrong.add("the volume " + volume));
        its.ports().forEach(port -> wrong.add("the published port " + port));
        if (!wrong.isEmpty()) {
            throw new WorkFailure("the throw-away stack has " + String.join(", ", wrong));
        }
        return "networks " + String.join(", ", its.networks()) + "; volumes " + String.join(", ", its.volumes())
                + "; nothing published";
    }

    /** Removes the throw-away stack, whatever happened, and looks whether the stack is as it was. */
    void end() {
        check("torn down", () -> {
            trials.remove(name());
            Journal.clear(cluster.store(), name());
            return "services, networks and volumes of " + name() + " are gone";
        });
        if (!before.isEmpty()) {
            check("production untouched", this::untouched);
        }
    }

    private String untouched() throws IOException {
        Map<String, String> after = trials.state(plan.stack());
        Set<String> all = new TreeSet<>(before.keySet());
        all.addAll(after.keySet());
        List<String> changed = all.stream()
                .filter(what -> !before.getOrDefault(what, "").equals(after.getOrDefault(what, "")))
                .toList();
        if (!changed.isEmpty()) {
            throw new WorkFailure(
                    "other than before: " + String.join(", ", changed) + ". A deploy at the same time does that too");
        }
        return after.size() + " services, networks and volumes as before";
    }

    DrillReport report(Instant begun, String problem) {
        return new DrillReport(
                plan.stack(),
                plan.backup().id(),
                plan.backup().begun(),
                begun,
                Duration.between(begun, Instant.now()),
                deploy,
                restore,
                plan.backup().bytesRead(),
                checks,
                problem);
    }
}
