package dev.prodstack.load;

import dev.prodstack.core.cluster.ClusterJobs;
import dev.prodstack.core.cluster.JobOrder;
import dev.prodstack.core.cluster.JobResult;
import dev.prodstack.load.LoadPlan.Planned;
import dev.prodstack.load.LoadResult.Measured;
import dev.prodstack.load.LoadResult.NotMeasured;
import dev.prodstack.load.check.Figure;
import dev.prodstack.load.check.LoadWork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Loads a stack's services, one after the other, from jobs on their networks. */
public final class LoadCheck {
    /** Starting a job, making what it needs and removing it again. */
    private static final Duration AROUND = Duration.ofMinutes(4);

    /** A service that does a tenth of what it promises takes ten times as long for the same work. */
    private static final int PATIENCE = 10;

    private final ClusterJobs jobs;
    private final String stack;
    private final String image;

    /**
     * Checks of a stack.
     *
     * @param jobs where the loads run
     * @param image the image with {@code prodstack loadcheck part} and the programs that it starts
     */
    public LoadCheck(ClusterJobs jobs, String stack, String image) {
        this.jobs = jobs;
        this.stack = stack;
        this.image = image;
    }

    /**
     * Makes the checks of a plan. One that fails keeps none of the others from being made.
     *
     * @param listener is told of each check before it is made
     * @throws dev.prodstack.core.cluster.ClusterException if the cluster cannot be asked
     */
    public List<LoadResult> run(LoadPlan plan, Consumer<Planned> listener) {
        jobs.removeOrphans(stack);
        List<LoadResult> results = new ArrayList<>();
        for (Planned planned : plan.loads()) {
            listener.accept(planned);
            results.add(result(planned, jobs.run(order(planned), line -> {})));
        }
        return results;
    }

    private JobOrder order(Planned planned) {
        LoadWork work = planned.work();
        return new JobOrder(
                stack,
                "load-" + work.check().word(),
                image,
                List.of("loadcheck", "part"),
                Optional.empty(),
                Optional.of(work.host()),
                planned.secret().isEmpty() ? Map.of() : Map.of(LoadWork.PASSWORD, planned.secret()),
                work.json(),
                List.of(),
                work.length().multipliedBy(PATIENCE).plus(AROUND));
    }

    private static LoadResult result(Planned planned, JobResult ended) {
        Optional<Figure> figure =
                ended.lines().stream().map(Figure::of).flatMap(Optional::stream).findFirst();
        if (ended.done() && figure.isPresent()) {
            return new Measured(planned, figure.get(), ended.node());
        }
        String said = String.join("\n", ended.errors()).strip().replaceFirst("^error: ", "");
        return new NotMeasured(planned, said.isEmpty() ? ended.reason() : said);
    }
}
