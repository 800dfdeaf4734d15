package dev.prodstack.core.cluster;

import dev.prodstack.core.value.Copies;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A program that is to run once, near the data that it is about.
 *
 * @param stack the stack that it is for
 * @param purpose what it is for: a few letters, digits and hyphens, which are part of its name in the cluster
 * @param image the image that it runs in
 * @param command the arguments of the image's program
 * @param node the id of the node that it must run on; any where absent
 * @param service the key of a service whose networks it is attached to; no network of the stack where absent
 * @param secrets the secrets that it reads, by the name of the file below {@code /run/secrets}: their keys in the
 *     stack, or the names of external ones; the newest version is meant
 * @param input what it reads from the files {@code /run/prodstack/input.N}, one after the other; no secrets, as whoever
 *     may look at the cluster may read it
 * @param mounts what of the node it sees
 * @param deadline how long it may take from being asked for to its end; above zero
 */
public record JobOrder(
        String stack,
        String purpose,
        String image,
        List<String> command,
        Optional<String> node,
        Optional<String> service,
        Map<String, String> secrets,
        String input,
        List<JobMount> mounts,
        Duration deadline) {
    /** Where the input is found. */
    public static final String INPUT = "/run/prodstack/input";

    /** Copies the collections and checks the ranges. */
    public JobOrder {
        Objects.requireNonNull(stack, "stack");
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(input, "input");
        command = List.copyOf(command);
        secrets = Copies.of(secrets);
        mounts = List.copyOf(mounts);
        if (!purpose.matches("[a-zA-Z0-9-]{1,30}")) {
            throw new IllegalArgumentException("expected 1 to 30 letters, digits and hyphens, not \"" + purpose + "\"");
        }
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("a deadline is above zero");
        }
    }
}
