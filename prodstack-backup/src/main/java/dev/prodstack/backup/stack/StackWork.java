package dev.prodstack.backup.stack;

import dev.prodstack.backup.work.RepositoryAccess;
import dev.prodstack.backup.work.Work;
import dev.prodstack.backup.work.WorkJson;
import dev.prodstack.backup.work.WorkResult;
import dev.prodstack.backup.work.Worker;
import dev.prodstack.core.backup.BackupPlan;
import dev.prodstack.core.backup.RepositorySpec;
import dev.prodstack.core.cluster.ClusterException;
import dev.prodstack.core.cluster.ClusterJobs;
import dev.prodstack.core.cluster.JobMount;
import dev.prodstack.core.cluster.JobOrder;
import dev.prodstack.core.cluster.JobResult;
import dev.prodstack.core.stack.Payload;
import dev.prodstack.core.stack.Secret;
import dev.prodstack.core.stack.Stack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Function;

/** Has jobs of a stack do works. */
final class StackWork {
    private static final String INTERRUPTED = "interrupted while a job was running, which was ended";

    private final Stack stack;
    private final RepositoryPlace repository;
    private final String image;
    private final ClusterJobs jobs;
    private final Consumer<StackEvent> events;

    /**
     * What one job needs besides the repository.
     *
     * @param purpose what it is for, a word
     * @param what what it is for, in events
     * @param node the id of its node
     * @param service whose networks it is on
     * @param mounts what it sees
     * @param secrets what it reads
     * @param deadline how long it may take, but for what it waits for locks of the repository
     */
    record Place(
            String purpose,
            String what,
            Optional<String> node,
            Optional<String> service,
            List<JobMount> mounts,
            Map<String, String> secrets,
            Duration deadline) {
        /** Anywhere. */
        static Place anywhere(String purpose, Duration deadline) {
            return new Place(purpose, purpose, Optional.empty(), Optional.empty(), List.of(), Map.of(), deadline);
        }
    }

    StackWork(Stack stack, BackupPlan plan, String image, ClusterJobs jobs, Consumer<StackEvent> events) {
        this(stack, plan.repository(), image, jobs, events);
    }

    StackWork(Stack stack, RepositorySpec repository, String image, ClusterJobs jobs, Consumer<StackEvent> events) {
        this.stack = stack;
        this.repository = RepositoryPlace.of(stack, repository, "repository");
        this.image = image;
        this.jobs = jobs;
        this.events = events;
    }

    /** The image that jobs run in. */
    String image() {
        return image;
    }

    /** What came of it, and where. */
    record Outcome(WorkResult result, String node) {}

    /**
     * Has it done.
     *
     * @throws WorkFailure if it fails
     * @throws CancellationException if the thread is interrupted; the job is ended
     */
    Outcome run(Place place, Function<RepositoryAccess, Work> work) throws WorkFailure {
        return run(place, work, line -> progress(place.what(), line));
    }

    /**
     * Has it done, by a job that says by lines how it goes.
     *
     * @throws WorkFailure if it fails
     */
    Outcome run(Place place, Function<RepositoryAccess, Work> work, Consumer<String> lines) throws WorkFailure {
        List<JobMount> mounts = new ArrayList<>(repository.mounts());
        mounts.addAll(place.mounts());
        Map<String, String> secrets = new LinkedHashMap<>(repository.secrets());
        secrets.putAll(place.secrets());
        secrets.replaceAll((file, key) -> known(key));
        JobOrder order = new JobOrder(
                stack.name(),
                place.purpose(),
                image,
                List.of("backup", "part"),
                place.node(),
                place.service(),
                secrets,
                WorkJson.encode(work.apply(repository.access())),
                mounts,
                place.deadline().plus(Worker.LOCK_PATIENCE));
        JobResult result;
        try {
            result = jobs.run(order, lines);
        } catch (ClusterException e) {
            if (Thread.currentThread().isInterrupted()) {
                // No call of an interrupted thread is answered.
                CancellationException cancelled = new CancellationException(INTERRUPTED);
                cancelled.initCause(e);
                throw cancelled;
            }
            throw new WorkFailure(String.valueOf(e.getMessage()));
        }
        String where = result.node().isEmpty() ? "" : " on " + result.node();
        if (!result.done()) {
            throw new WorkFailure(reason(result) + where);
        }
        try {
            return new Outcome(
                    WorkJson.result(result.lines())
                            .orElseThrow(
                                    () -> new WorkFailure("the job" + where + " ended well and said nothing; its log"
                                            + " is lost, or its image is of another version")),
                    result.node());
        } catch (IllegalArgumentException e) {
            throw new WorkFailure(e.getMessage() + where + ": use an image of this version");
        }
    }

    /** How the cluster knows a secret: an external one by its name there, which may be another than its key. */
    private String known(String key) {
        return Optional.ofNullable(stack.secrets().get(key))
                .filter(secret -> secret.source() instanceof Payload.External)
                .flatMap(Secret::name)
                .orElse(key);
    }

    /** What its program said last tells more than that it ended. */
    private static String reason(JobResult result) {
        List<String> said =
                result.errors().stream().filter(line -> !line.isBlank()).toList();
        String words = said.isEmpty()
                ? ""
                : String.join(" ", said.subList(Math.max(0, said.size() - 3), said.size()))
                        .replaceFirst("^error: ", "");
        if (result.reason().contains("bind source path does not exist")) {
            return result.reason().replaceFirst("^.*bind source path does not exist", "there is no directory")
                    + " (a repository in a directory needs it on each node, with the same content: NFS, say)";
        }
        return words.isEmpty() ? result.reason() : words;
    }

    private void progress(String what, String line) {
        if (line.startsWith(Worker.WAITING)) {
            events.accept(new StackEvent.Note(what, line.substring(Worker.WAITING.length())));
            return;
        }
        String[] words = line.split(" ", -1);
        if (words.length >= 4 && words[0].equals("progress")) {
            try {
                events.accept(new StackEvent.Progress(
                        what, Long.parseLong(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3])));
            } catch (NumberFormatException e) {
                // A line of something else; only the result counts.
                return;
            }
        }
    }
}
