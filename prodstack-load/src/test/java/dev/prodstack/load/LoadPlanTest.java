package dev.prodstack.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.prodstack.load.LoadPlan.Planned;
import dev.prodstack.load.LoadResult.Measured;
import dev.prodstack.load.LoadResult.Verdict;
import dev.prodstack.load.check.Check;
import dev.prodstack.load.check.Figure;
import dev.prodstack.load.check.LoadWork;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoadPlanTest {
    private static final Duration LENGTH = Duration.ofSeconds(10);

    private static LoadPlan plan(Set<Check> checks, Map<String, String> settings) {
        return LoadPlan.of(checks, Map.of(), settings, LENGTH);
    }

    @Test
    void promisesAreThoseOfTheReferenceStackUnlessSaidOtherwise() {
        LoadPlan usual = plan(EnumSet.allOf(Check.class), Map.of());
        assertThat(usual.loads())
                .extracting(Planned::check, its -> its.work().promise())
                .containsExactly(
                        tuple(Check.NGINX, 10_000.0),
                        tuple(Check.REDIS, 100_000.0),
                        tuple(Check.REDIS_PIPELINED, 100_000.0),
                        tuple(Check.POSTGRES, 200.0),
                        tuple(Check.WORKER, 100.0),
                        tuple(Check.BACKEND, 10.0));

        LoadPlan other = LoadPlan.of(Set.of(Check.POSTGRES), Map.of(Check.POSTGRES, 20.0), Map.of(), LENGTH);
        assertThat(other.loads().get(0).work().promise()).isEqualTo(20);
        assertThat(other.loads().get(0).work().connections()).isEqualTo(20);
    }

    @Test
    void settingsSayHowACheckIsMade() {
        Planned planned = plan(
                        Set.of(Check.POSTGRES),
                        Map.of(
                                "postgres.service", "db",
                                "postgres.user", "admin",
                                "postgres.secret", "db_password",
                                "postgres.target", "shop",
                                "postgres.connections", "150"))
                .loads()
                .get(0);

        assertThat(planned.secret()).isEqualTo("db_password");
        assertThat(planned.work()).isEqualTo(new LoadWork(Check.POSTGRES, "db", "admin", "shop", 150, LENGTH, 200));
    }

    @Test
    void settingsThatMeanNothingAreNamed() {
        assertThatThrownBy(() -> plan(Set.of(Check.NGINX), Map.of("nginx.colour", "red")))
                .hasMessageContaining("nginx.colour");
        assertThatThrownBy(() -> plan(Set.of(Check.NGINX), Map.of("nginx.connections", "many")))
                .hasMessageContainingAll("nginx.connections", "\"many\"");
    }

    @Test
    void workAndFiguresReachTheJobAndComeBack() {
        LoadWork work = new LoadWork(Check.REDIS_PIPELINED, "cache", "", "", 50, LENGTH, 99.5);
        assertThat(LoadWork.of(work.json())).isEqualTo(work);
        Figure figure = new Figure(31_250.5, 2, "SET \"1\"");
        assertThat(Figure.of(figure.json())).contains(figure);
        assertThat(Figure.of("Starting ...")).isEmpty();
        assertThat(Figure.of("{\"other\": 1}")).isEmpty();
        assertThatThrownBy(() -> LoadWork.of("{\"check\": \"mysql\"}")).hasMessageContaining("mysql");
    }

    @Test
    void aPromiseIsHeldIfNothingFailed() {
        assertThat(verdict(new Figure(10, 0, ""))).isEqualTo(Verdict.HELD);
        assertThat(verdict(new Figure(9.9, 0, ""))).isEqualTo(Verdict.MISSED);
        assertThat(verdict(new Figure(50, 1, ""))).isEqualTo(Verdict.MISSED);
    }

    private static Verdict verdict(Figure figure) {
        return measured(figure).verdict();
    }

    private static Measured measured(Figure figure) {
        return new Measured(plan(Set.of(Check.BACKEND), Map.of()).loads().get(0), figure, "n1");
    }

    @Test
    void saysWhatSharesTheMachine() {
        Layout layout = new Layout(
                Map.of("backend", List.of("n1", "n2"), "redis", List.of("n1"), "worker", List.of("n1", "n1", "n3")),
                Map.of("backend", "0.5"));

        assertThat(layout.sharing(measured(new Figure(1, 0, ""))))
                .isEqualTo("n1: load, 1 of 2 backend, limit 0.5 CPU; 3 other tasks");
    }
}
