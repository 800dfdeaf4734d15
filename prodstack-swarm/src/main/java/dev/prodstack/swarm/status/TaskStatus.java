package dev.prodstack.swarm.status;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One task at a moment.
 *
 * @param id its identifier
 * @param name its service and slot in the stack, such as {@code web.3}; of a global service, which has no slots,
 *     service and node
 * @param node the name of the node it was given to, if any was found
 * @param state the engine's word: new, pending, preparing, starting, running, complete, failed, rejected, ...
 * @param desired the state that is wanted of it: running, shutdown, ...
 * @param since when it came into its state
 * @param health what its health check says
 * @param error why it failed or cannot run, in the engine's words; empty if nothing is wrong
 * @param exitCode the exit code of its process, where it has ended with one other than 0
 * @param image the image, with its digest where that is known
 * @param container the identifier of its container, where there is one
 */
public record TaskStatus(
        String id,
        String name,
        Optional<String> node,
        String state,
        String desired,
        Instant since,
        Health health,
        String error,
        OptionalInt exitCode,
        String image,
        Optional<String> container) {

    /** What a task's health check says. */
    public enum Health {
        /** The last check went well. */
        HEALTHY,
        /** So many checks in a row have failed that the task is about to be replaced. */
        UNHEALTHY,
        /** It has just started, and no check went well yet. */
        STARTING,
        /** There is no check, or only in an image on another node, which cannot be asked. */
        UNKNOWN
    }

    /** Whether it has ended otherwise than it should. */
    public boolean failed() {
        return state.equals("failed") || state.equals("rejected") || state.equals("orphaned");
    }

    /** Whether it is to run but does not run yet. */
    public boolean waiting() {
        return desired.equals("running") && !state.equals("running") && !failed() && !state.equals("complete");
    }

    /** Its name with the node, {@code web.3@n1}. */
    public String nameAndNode() {
        return node.filter(its -> !name.endsWith("." + its))
                .map(its -> name + "@" + its)
                .orElse(name);
    }
}
