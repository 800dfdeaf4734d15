package dev.prodstack.swarm.convergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.prodstack.swarm.convergence.Standing.Cause;
import dev.prodstack.swarm.convergence.Standing.Failed;
import dev.prodstack.swarm.convergence.Standing.GoingBack;
import dev.prodstack.swarm.convergence.Standing.Moving;
import dev.prodstack.swarm.convergence.Standing.Settled;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ServiceReadingTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("looks")
    void aLookSaysHowFarAServiceIs(String title, Situation situation, Standing expected) {
        assertThat(situation.reading().standing()).isEqualTo(expected);
    }

    @Test
    void whatWasTakenBackBeforeIsOver() {
        ServiceReading reading = Situation.replicated(1)
                .update("rollback_completed", "rollback completed")
                .now("1 running running")
                .reading();

        assertThat(reading.standing()).isInstanceOf(Failed.class);
        assertThat(reading.withoutUpdate().standing()).isEqualTo(new Settled(1));
        assertThat(Situation.replicated(1).update("updating", "").reading().takenBackAt())
                .isEmpty();
    }

    static Stream<Arguments> looks() {
        return Stream.of(starting(), updating(), goingBack(), crashing(), global(), jobs())
                .flatMap(cases -> cases);
    }

    private static Stream<Arguments> starting() {
        return Stream.of(
                arguments("nothing yet", Situation.replicated(2), new Moving(0, 2, 0, "")),
                arguments(
                        "one of two",
                        Situation.replicated(2).now("1 running running", "2 preparing running"),
                        new Moving(1, 2, 0, "preparing")),
                arguments(
                        "not healthy yet",
                        Situation.replicated(1).now("1 starting running"),
                        new Moving(0, 1, 0, "starting, or not healthy yet")),
                arguments(
                        "no node fits",
                        Situation.replicated(1)
                                .now("1 pending running no suitable node (insufficient memory on 1 node)"),
                        new Moving(0, 1, 0, "no suitable node (insufficient memory on 1 node)")),
                arguments(
                        "all there",
                        Situation.replicated(2).now("1 running running", "2 running running"),
                        new Settled(2)),
                arguments("none wanted", Situation.replicated(0), new Settled(0)),
                arguments(
                        "one failed, the next is on its way",
                        Situation.replicated(1).now("1 failed shutdown exit 1", "1 starting running"),
                        new Moving(0, 1, 0, "starting, or not healthy yet; before: exit 1")),
                arguments(
                        "scaling down: one too many",
                        Situation.replicated(1).now("1 running running", "2 running running"),
                        new Moving(2, 1, 0, "")),
                arguments(
                        "scaling down: the other is on its way out",
                        Situation.replicated(1).now("1 running running", "2 running remove"),
                        new Settled(1)));
    }

    private static Stream<Arguments> updating() {
        return Stream.of(
                arguments(
                        "accepted, nothing happened yet",
                        Situation.replicated(1).before("1 running running"),
                        new Moving(0, 1, 1, "")),
                arguments(
                        "start-first: both run",
                        Situation.replicated(1)
                                .update("updating", "update in progress")
                                .before("1 running running")
                                .now("1 running running"),
                        new Moving(1, 1, 1, "")),
                arguments(
                        "all new, and watched",
                        Situation.replicated(1)
                                .update("updating", "update in progress")
                                .before("1 shutdown shutdown")
                                .now("1 running running"),
                        new Moving(1, 1, 0, "watching the new tasks before the update counts as done")),
                arguments(
                        "done",
                        Situation.replicated(1)
                                .update("completed", "update completed")
                                .before("1 shutdown shutdown")
                                .now("1 running running"),
                        new Settled(1)),
                arguments(
                        "paused",
                        Situation.replicated(2)
                                .update("paused", "update paused due to failure or early termination of task t2")
                                .before("2 running running")
                                .now("1 failed shutdown exit 3"),
                        new Failed(Cause.PAUSED, "exit 3", List.of("t2"))));
    }

    private static Stream<Arguments> goingBack() {
        return Stream.of(
                arguments(
                        "the engine goes back",
                        Situation.replicated(1).update("rollback_started", "update rolled back due to failure"),
                        new GoingBack("update rolled back due to failure")),
                arguments(
                        "the engine went back: exit 0 would be a lie",
                        Situation.replicated(1)
                                .update("rollback_completed", "rollback completed")
                                .before("1 failed shutdown exit 1")
                                .now("1 running running"),
                        new Failed(Cause.ROLLED_BACK, "exit 1", List.of("t1"))),
                arguments(
                        "the engine got stuck on its way back",
                        Situation.replicated(1).update("rollback_paused", "rollback paused"),
                        new Failed(Cause.ROLLBACK_PAUSED, "rollback paused", List.of())));
    }

    private static Stream<Arguments> crashing() {
        return Stream.of(
                arguments(
                        "four times is not yet too often",
                        Situation.replicated(1).now(crashes(4)),
                        new Moving(0, 1, 0, "")),
                arguments(
                        "five times is",
                        Situation.replicated(1).now(crashes(5)),
                        new Failed(Cause.CRASHING, "crash 5", List.of("t5", "t4", "t3", "t2", "t1"))),
                arguments(
                        "in different slots they do not add up",
                        Situation.replicated(9).now(spread(9)),
                        new Moving(0, 9, 0, "")),
                arguments(
                        "attempts used up",
                        Situation.replicated(1).restart("on-failure", 1).now(crashes(2)),
                        new Failed(Cause.CRASHING, "crash 2", List.of("t2", "t1"))),
                arguments(
                        "no attempts at all",
                        Situation.replicated(1).restart("none", 0).now(crashes(1)),
                        new Failed(Cause.CRASHING, "crash 1", List.of("t1"))),
                arguments(
                        "an image that is not there",
                        Situation.replicated(1)
                                .now(
                                        "1 rejected shutdown No such image: shop/x:1",
                                        "1 rejected shutdown No such image: shop/x:1",
                                        "1 rejected shutdown No such image: shop/x:1"),
                        new Failed(Cause.CRASHING, "No such image: shop/x:1", List.of("t3", "t2", "t1"))),
                arguments(
                        "of the version before they do not count",
                        Situation.replicated(1).before(crashes(7)).now("1 running running"),
                        new Settled(1)),
                arguments(
                        "in an update whose failure action is to continue",
                        Situation.replicated(1)
                                .update("updating", "update in progress")
                                .now(crashes(5)),
                        new Failed(Cause.CRASHING, "crash 5", List.of("t5", "t4", "t3", "t2", "t1"))));
    }

    private static String[] crashes(int count) {
        return Stream.iterate(1, i -> i + 1)
                .limit(count)
                .map(i -> "1 failed shutdown crash " + i)
                .toArray(String[]::new);
    }

    private static String[] spread(int slots) {
        return Stream.iterate(1, i -> i + 1)
                .limit(slots)
                .map(i -> i + " failed shutdown crash")
                .toArray(String[]::new);
    }

    private static Stream<Arguments> global() {
        return Stream.of(
                arguments("one of three nodes", Situation.global(3).now("0 running running"), new Moving(1, 3, 0, "")),
                arguments(
                        "all nodes",
                        Situation.global(2).now("0 running running", "0 running running"),
                        new Settled(2)));
    }

    private static Stream<Arguments> jobs() {
        return Stream.of(
                arguments("not begun", Situation.job(2, 7), new Moving(0, 2, 0, "")),
                arguments("half", Situation.job(2, 7).run(7, "0 complete", "1 running"), new Moving(1, 2, 0, "")),
                arguments("done", Situation.job(2, 7).run(7, "0 complete", "1 complete"), new Settled(2)),
                arguments(
                        "the run before does not count",
                        Situation.job(1, 8).run(7, "0 complete"),
                        new Moving(0, 1, 0, "")));
    }

    @Test
    void aServiceThatWasTakenBackServes() {
        Situation situation = Situation.replicated(1)
                .update("rollback_completed", "rollback completed")
                .now("1 running running");

        assertThat(situation.reading().isServing()).isTrue();
    }

    @Test
    void aServiceThatLacksATaskDoesNotServe() {
        Situation situation = Situation.replicated(2).now("1 running running", "2 starting running");

        assertThat(situation.reading().isServing()).isFalse();
    }

    @Test
    void whatFailedIsFoundBeforeAndAfterTheEngineHasGoneBack() {
        Situation moving = Situation.replicated(1)
                .update("updating", "update in progress")
                .before("1 running running")
                .now("1 failed shutdown exit 1");
        Situation back = Situation.replicated(1)
                .update("rollback_started", "update rolled back due to failure")
                .before("1 failed shutdown exit 1")
                .now("1 running running");

        assertThat(moving.reading().failures()).containsExactly("t2");
        assertThat(back.reading().failures()).containsExactly("t1");
    }
}
