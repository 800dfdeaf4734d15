package dev.prodstack.core.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemsTest {
    private final Problems problems = new Problems();

    private void add(int line, String message) {
        problems.add(new Position("compose.yml", line, 1), "", message);
    }

    private List<String> messages() {
        return problems.toList().stream().map(Problem::message).toList();
    }

    @Test
    void areOrderedAndKeptOnce() {
        add(2, "second");
        add(1, "first");
        add(2, "second");
        assertThat(messages()).containsExactly("first", "second");
    }

    @Test
    void saysNothingMoreAboutWhatIsSettled() {
        add(1, "wrong");
        problems.settle(new Position("compose.yml", 1, 1));
        add(1, "wrong too");
        add(2, "elsewhere");
        assertThat(messages()).containsExactly("wrong", "elsewhere");
    }

    @Test
    void keepsAThousandAndSaysIfThereAreMore() {
        for (int line = 1000; line > 0; line--) {
            add(line, "wrong");
        }
        add(5, "wrong");
        assertThat(messages()).hasSize(1000);
        add(1, "also wrong");
        add(1001, "wrong");
        assertThat(messages()).hasSize(1001).last().isEqualTo("there are more problems than these 1000");
    }
}
