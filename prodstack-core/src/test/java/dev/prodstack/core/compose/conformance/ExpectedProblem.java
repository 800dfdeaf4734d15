package dev.prodstack.core.compose.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A line of {@code problems.txt}: how a reported problem begins, with {@code ...} where any text may stand, in capitals
 * or not. So {@code compose.yml:4:5: services.app.imagee: ...did you mean "image"?} fixes position and path, and of the
 * message what helps most.
 */
final class ExpectedProblem {
    private ExpectedProblem() {}

    /** The expectations that no problem meets, and the problems that meet none, each used once. */
    static List<String> mismatches(List<String> expected, List<String> reported) {
        List<String> left = new ArrayList<>(reported);
        List<String> mismatches = new ArrayList<>();
        for (String line : expected) {
            if (left.stream()
                    .filter(problem -> meets(line, problem))
                    .findFirst()
                    .map(left::remove)
                    .isEmpty()) {
                mismatches.add("missing: " + line);
            }
        }
        left.forEach(problem -> mismatches.add("not expected: " + problem));
        return mismatches;
    }

    static boolean meets(String expected, String problem) {
        String text = problem.toLowerCase(Locale.ROOT);
        int at = 0;
        for (String part : expected.toLowerCase(Locale.ROOT).split("\\.\\.\\.", -1)) {
            int found = text.indexOf(part.strip(), at);
            if (found < 0 || (at == 0 && found != 0)) {
                return false;
            }
            at = found + part.strip().length();
        }
        return true;
    }
}
