package dev.prodstack.autoscale.decision;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What earlier looks at a service left behind for the next one: recommendations, moves, and how often in a row no
 * metric could be read. {@link Decision#history} is the one to keep; after a move was carried out, {@link #afterMove}
 * of it.
 *
 * <p>Whoever keeps it over a restart loses no cooldown and no window. Where it is lost, {@link #unknown} makes the
 * decision as careful as the HPA is after a restart of its own: the current count stands for the recommendations that
 * were forgotten, and a cooldown runs as if the service had just moved.
 */
public final class History {
    private static final History UNKNOWN =
            new History(Known.NOTHING, Timeline.EMPTY, Timeline.EMPTY, 0, Nanos.NONE, Nanos.NONE);
    private static final History EMPTY =
            new History(Known.SOMETHING, Timeline.EMPTY, Timeline.EMPTY, 0, Nanos.NONE, Nanos.NONE);

    private final Known known;
    private final Timeline recommendations;
    private final Timeline moves;
    private final int blindLooks;
    private final long since;
    private final long lastLook;

    private History(Known known, Timeline recommendations, Timeline moves, int blindLooks, long since, long lastLook) {
        this.known = known;
        this.recommendations = recommendations;
        this.moves = moves;
        this.blindLooks = blindLooks;
        this.since = since;
        this.lastLook = lastLook;
    }

    private enum Known {
        NOTHING,
        SOMETHING
    }

    /** Nothing is known: the first look at a service, or the memory of it is lost. */
    public static History unknown() {
        return UNKNOWN;
    }

    /** It is known that there were no recommendations and no moves. */
    public static History empty() {
        return EMPTY;
    }

    /** This with other recommendations. */
    public History withRecommendations(List<Recommendation> list) {
        Timeline other = Timeline.of(
                list.stream()
                        .mapToLong(recommendation -> Nanos.of(recommendation.at()))
                        .toArray(),
                list.stream().mapToInt(Recommendation::replicas).toArray());
        return new History(Known.SOMETHING, other, moves, blindLooks, since, lastLook);
    }

    /** This with other moves. */
    public History withMoves(List<Move> list) {
        Timeline other = Timeline.of(
                list.stream().mapToLong(move -> Nanos.of(move.at())).toArray(),
                list.stream().mapToInt(Move::change).toArray());
        return new History(Known.SOMETHING, recommendations, other, blindLooks, since, lastLook);
    }

    /** This with another number of looks in a row, up to the last one, in which no metric could be read. */
    public History withBlindLooks(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("a number of looks is not negative: " + count);
        }
        return new History(Known.SOMETHING, recommendations, moves, count, since, lastLook);
    }

    /**
     * This with another first and last look.
     *
     * @param first the first look after nothing was known; a cooldown runs from it as from a move
     * @param last the last look; a next one before it tells that the clock went back
     */
    public History withLooks(Optional<Instant> first, Optional<Instant> last) {
        long start = first.isPresent() ? Nanos.of(first.get()) : Nanos.NONE;
        long end = last.isPresent() ? Nanos.of(last.get()) : Nanos.NONE;
        return new History(Known.SOMETHING, recommendations, moves, blindLooks, start, end);
    }

    /** This after the service was set to another count. */
    public History afterMove(Move move) {
        Timeline longer = moves.plus(Nanos.of(move.at()), move.change());
        return new History(Known.SOMETHING, recommendations, longer, blindLooks, since, lastLook);
    }

    /**
     * This with all its times moved by a span, for a clock that was set: what was ten seconds ago stays ten seconds
     * ago. A decision does so itself when it finds that the clock went back; a clock that leaps ahead can only be told
     * from time that passes by one who also has a clock that is never set.
     */
    public History shiftedBy(Duration span) {
        return shiftedBy(Nanos.of(span));
    }

    /** Whether it is more than {@link #unknown}. */
    boolean isKnown() {
        return known == Known.SOMETHING;
    }

    /** The recommendations, oldest first where looks made them. */
    public List<Recommendation> recommendations() {
        List<Recommendation> list = new ArrayList<>(recommendations.size());
        for (int i = 0; i < recommendations.size(); i++) {
            list.add(new Recommendation(Nanos.toInstant(recommendations.time(i)), recommendations.number(i)));
        }
        return list;
    }

    /** The moves, oldest first where looks made them. */
    public List<Move> moves() {
        List<Move> list = new ArrayList<>(moves.size());
        for (int i = 0; i < moves.size(); i++) {
            list.add(new Move(Nanos.toInstant(moves.time(i)), moves.number(i)));
        }
        return list;
    }

    /** How many looks in a row, up to the last one, found no metric with data. */
    public int blindLooks() {
        return blindLooks;
    }

    /** The first look after nothing was known. */
    public Optional<Instant> firstLook() {
        return since == Nanos.NONE ? Optional.empty() : Optional.of(Nanos.toInstant(since));
    }

    /** The last look. */
    public Optional<Instant> lastLook() {
        return lastLook == Nanos.NONE ? Optional.empty() : Optional.of(Nanos.toInstant(lastLook));
    }

    Timeline recommended() {
        return recommendations;
    }

    Timeline moved() {
        return moves;
    }

    /** The last move, or the first look if that is later, {@link Nanos#NONE} if there was neither. */
    long lastMove() {
        return Math.max(since, moves.newest());
    }

    /** The latest time in it, {@link Nanos#NONE} if there is none. */
    long newest() {
        return Math.max(lastLook, Math.max(lastMove(), recommendations.newest()));
    }

    History shiftedBy(long span) {
        return new History(
                known,
                recommendations.shiftedBy(span),
                moves.shiftedBy(span),
                blindLooks,
                since == Nanos.NONE ? since : Nanos.plus(since, span),
                lastLook == Nanos.NONE ? lastLook : Nanos.plus(lastLook, span));
    }

    /** This after a look, which makes up a beginning where nothing is known. */
    History seen(long now, int current) {
        return isKnown()
                ? new History(known, recommendations, moves, blindLooks, since, now)
                : new History(Known.SOMETHING, recommendations.plus(now, current), moves, blindLooks, now, now);
    }

    /** This with one look more in which no metric could be read, or with none. */
    History blind(int looks) {
        return looks == blindLooks ? this : new History(known, recommendations, moves, looks, since, lastLook);
    }

    /** This with a recommendation, without what no rule looks back to. */
    History recommending(long now, int replicas, long oldest) {
        Timeline longer = recommendations.since(oldest).plus(now, replicas);
        return new History(known, longer, moves.since(oldest), blindLooks, since, lastLook);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof History that
                && known == that.known
                && recommendations.equals(that.recommendations)
                && moves.equals(that.moves)
                && blindLooks == that.blindLooks
                && since == that.since
                && lastLook == that.lastLook;
    }

    @Override
    public int hashCode() {
        return Objects.hash(known, recommendations, moves, blindLooks, since, lastLook);
    }

    /** Its parts. */
    @Override
    public String toString() {
        return isKnown()
                ? "History[recommendations=" + recommendations() + ", moves=" + moves() + ", blindLooks=" + blindLooks
                        + ", firstLook=" + firstLook() + ", lastLook=" + lastLook() + "]"
                : "History[unknown]";
    }

    /**
     * A count that the metrics asked for.
     *
     * @param at when
     * @param replicas the count, before windows, rates and bounds
     */
    public record Recommendation(Instant at, int replicas) {
        /** Checks that there is a time. */
        public Recommendation {
            Objects.requireNonNull(at, "at");
        }
    }

    /**
     * A change of the count that a service is set to.
     *
     * @param at when
     * @param change how many replicas were added, or taken away if negative
     */
    public record Move(Instant at, int change) {
        /** Checks that there is a change. */
        public Move {
            Objects.requireNonNull(at, "at");
            if (change == 0) {
                throw new IllegalArgumentException("a move changes the replica count");
            }
        }
    }
}
