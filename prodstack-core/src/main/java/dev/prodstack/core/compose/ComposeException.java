package dev.prodstack.core.compose;

import dev.prodstack.core.problem.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** Compose files that cannot be read, with everything that is wrong with them. */
public final class ComposeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** Reports problems, of which there is at least one. */
    public ComposeException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Every problem, ordered by file, line and column. */
    public List<Problem> problems() {
        return problems;
    }
}
