package dev.prodstack.swarm.prepare;

import dev.prodstack.swarm.engine.EngineClient;
import dev.prodstack.swarm.plan.Plan;
import dev.prodstack.swarm.planning.Adjustments;
import dev.prodstack.swarm.state.StackStates;
import java.util.List;

/** Plans the removal of a stack, with those of its volumes that somebody named. */
public final class Removal {
    private Removal() {}

    /**
     * The plan.
     *
     * @param volumes by their names in the file or on the node of the engine
     * @throws dev.prodstack.swarm.problem.EngineException if the engine does not answer or is no manager
     */
    public static Plan plan(EngineClient engine, String stack, List<String> volumes) {
        Plan plan = Adjustments.removal(StackStates.read(engine, stack));
        Remarks remarks = new Remarks();
        return new Plan(
                plan.stack(),
                Preparation.joined(
                        plan.changes(),
                        VolumeRemovals.with(stack, engine, remarks).of(volumes)),
                plan.unchanged(),
                Preparation.joined(plan.obstacles(), remarks.obstacles()),
                plan.warnings());
    }
}
