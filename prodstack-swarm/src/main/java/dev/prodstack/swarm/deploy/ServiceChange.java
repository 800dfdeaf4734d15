package dev.prodstack.swarm.deploy;

import dev.prodstack.swarm.plan.Change;
import dev.prodstack.swarm.plan.Change.CreateService;
import dev.prodstack.swarm.plan.Change.RunJob;
import dev.prodstack.swarm.plan.Change.UpdateService;
import dev.prodstack.swarm.plan.Gate;
import dev.prodstack.swarm.progress.DeployEvent.Step;
import java.util.List;

/** The change to a service that a plan asks for. */
record ServiceChange(Change change) {
    static boolean is(Change change) {
        return change instanceof CreateService || change instanceof UpdateService || change instanceof RunJob;
    }

    String key() {
        return change.key();
    }

    String name() {
        return change.name();
    }

    List<Gate> after() {
        if (change instanceof CreateService create) {
            return create.after();
        }
        if (change instanceof RunJob job) {
            return job.after();
        }
        return change instanceof UpdateService update ? update.after() : List.of();
    }

    Step step() {
        return change instanceof RunJob ? Step.RUN : change instanceof CreateService ? Step.CREATE : Step.UPDATE;
    }
}
