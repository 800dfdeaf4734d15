package dev.prodstack.core.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A right that one holder at a time has, kept in a cluster's store. It ends when it is given back or broken, and counts
 * as free once it was not renewed for as long as its holder said.
 *
 * <p>Each taking has a higher {@link Tenure#fence() fence} than the one before. Who was stopped for longer than the
 * time and goes on learns from {@link #renew} that the lease is lost; what it changes should be guarded by that.
 *
 * <pre>{@code
 * Lease lease = new Lease(store, "deploy.shop");
 * if (lease.take("anna@laptop", "deploy", Duration.ofSeconds(30)) instanceof Lease.Taken taken) {
 *     ... // renew well within the 30 s
 *     lease.giveBack(taken.term());
 * }
 * }</pre>
 *
 * <p>All methods throw what the store throws where the cluster cannot be reached.
 */
public final class Lease {
    private final ClusterStore store;
    private final String name;

    /** The lease of a name; nothing is asked of the store yet. */
    public Lease(ClusterStore store, String name) {
        this.store = store;
        this.name = name;
    }

    /** The right to change a stack's services, which deploys have, and whoever stops services for a while. */
    public static Lease ofChanges(ClusterStore store, String stack) {
        return new Lease(store, ClusterStore.nameFor("deploy.", stack));
    }

    /** What came of trying to take the lease. */
    public sealed interface Attempt {}

    /**
     * The lease was free, and is ours.
     *
     * @param term what renews it and gives it back
     * @param abandoned who had it last and never gave it back, if anybody
     */
    public record Taken(Term term, Optional<Tenure> abandoned) implements Attempt {}

    /** Somebody has it. */
    public record Busy(Tenure tenure) implements Attempt {}

    /** A lease that is held, as it was stored last. */
    public record Term(ClusterStore.Entry entry, Tenure tenure) {}

    /**
     * Takes the lease if it is free or has run out.
     *
     * @param holder who takes it, one line for people
     * @param purpose what for, one line for people
     * @param time how long it is ours after each renewal; above zero
     */
    public Attempt take(String holder, String purpose, Duration time) {
        Optional<ClusterStore.Entry> seen = store.read(name);
        Optional<Tenure> last = seen.flatMap(Tenure::of);
        if (last.isPresent() && !last.get().isOver(store.now())) {
            return new Busy(last.get());
        }
        Tenure ours =
                Tenure.first(holder, purpose, time, seen.map(Tenure::fence).orElse(0L) + 1);
        Optional<ClusterStore.Entry> stored =
                seen.isEmpty() ? store.create(name, ours.bytes()) : store.replace(seen.get(), ours.bytes());
        return stored.<Attempt>map(entry -> new Taken(new Term(entry, ours.storedIn(entry)), last))
                .orElseGet(() -> lost(holder, purpose, time));
    }

    /** Somebody was faster; most likely they have it now. */
    private Attempt lost(String holder, String purpose, Duration time) {
        Optional<Tenure> winner = held();
        return winner.isPresent() ? new Busy(winner.get()) : take(holder, purpose, time);
    }

    /**
     * Says that the lease is still needed. That an earlier renewal got no answer, and was made or not, does no harm.
     *
     * @return the term to go on with; empty if the lease was lost: broken, or taken by another after it had run out
     */
    public Optional<Term> renew(Term term) {
        return renewed(term, term.entry())
                .or(() -> store.read(name)
                        .filter(entry -> Tenure.of(entry).isPresent()
                                && Tenure.fence(entry) == term.tenure().fence())
                        .flatMap(entry -> renewed(term, entry)));
    }

    private Optional<Term> renewed(Term term, ClusterStore.Entry seen) {
        return store.replace(seen, term.tenure().bytes())
                .map(entry -> new Term(entry, term.tenure().storedIn(entry)));
    }

    /** Makes the lease free, unless it was lost. */
    public void giveBack(Term term) {
        breakOff(term.tenure());
    }

    /** Who has the lease, or had it and never gave it back; {@link Tenure#isOver} tells the two apart. */
    public Optional<Tenure> held() {
        return store.read(name).flatMap(Tenure::of);
    }

    /** Whether a tenure has run out, by the cluster's clock. */
    public boolean isOver(Tenure tenure) {
        return tenure.isOver(store.now());
    }

    /**
     * Takes the lease from whoever has it. They learn of it when they renew it, and may be at work until then.
     *
     * @param seen who it is meant to be taken from; from anybody else it is not
     * @return whether it was taken from them
     */
    public boolean breakOff(Tenure seen) {
        Optional<ClusterStore.Entry> entry = store.read(name);
        Optional<Tenure> now = entry.flatMap(Tenure::of);
        return entry.isPresent()
                && now.isPresent()
                && now.get().fence() == seen.fence()
                && store.replace(entry.get(), Tenure.free(seen.fence())).isPresent();
    }

    /** The cluster's time, by which tenures are told. */
    public Instant now() {
        return store.now();
    }
}
