package dev.prodstack.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.autoscale.json.CaseException;
import dev.prodstack.autoscale.json.DecisionCase;
import dev.prodstack.autoscale.json.DecisionJson;
import dev.prodstack.cli.outcome.Counted;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.outcome.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;

/** {@code prodstack autoscale decide}. */
@Command(
        name = "decide",
        header = "Read cases as JSON lines, and print what would be decided and why.",
        description = {
            "prodstack autoscale decide < a.jsonl                       one decision a line",
            "prodstack autoscale decide < a.jsonl | jq -r .replicas     the counts only",
            "prodstack autoscale decide < a.jsonl | jq '.reasons[].text' in words",
        },
        customSynopsis = "prodstack autoscale decide [OPTIONS] < FILE",
        footer = {
            "A case has policy, now, current, replicas, measurements and history; its form is",
            "in docs/AUTOSCALING_STRATEGY.md. A line that is no case is reported, the others",
            "are decided, and the exit code is 1."
        })
final class DecideCommand extends Action {
    DecideCommand() {}

    @Override
    ExitCode run(Context context) {
        int wrong = 0;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(context.surroundings().in(), StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = lines.readLine();
                    line != null && context.results().isRead();
                    line = lines.readLine()) {
                number++;
                wrong += line.isBlank() || decide(number, line, context) ? 0 : 1;
            }
        } catch (IOException e) {
            throw Failure.failed("standard input cannot be read: " + e.getMessage(), "", e);
        }
        if (wrong > 0) {
            throw Failure.failed(
                    Counted.of(wrong, "line") + " of standard input could not be decided",
                    "docs/AUTOSCALING_STRATEGY.md has the form of a case");
        }
        return ExitCode.DONE;
    }

    private static boolean decide(int number, String line, Context context) {
        try {
            DecisionCase parsed = DecisionCase.parse(line);
            ObjectNode decision = DecisionJson.write(parsed.decide());
            parsed.id().ifPresent(id -> decision.put("id", id));
            context.results().print(decision.put("line", number) + "\n");
            return true;
        } catch (CaseException e) {
            context.messages().failure(Failure.failed("<stdin>:" + number + ": " + e.getMessage(), ""));
            return false;
        }
    }
}
