package dev.prodstack.cli.observe;

import dev.prodstack.autoscale.Account;
import dev.prodstack.autoscale.Account.Step;
import dev.prodstack.autoscale.Account.Verdict;
import dev.prodstack.autoscale.Look;
import dev.prodstack.autoscale.ServiceLook;
import dev.prodstack.autoscale.Standing;
import dev.prodstack.autoscale.telemetry.AccountData;
import dev.prodstack.cli.display.Style;
import dev.prodstack.cli.display.Table;
import dev.prodstack.core.value.Data;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the autoscaler made of services, for people and for programs. */
public final class ScalingText {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    /** After so many intervals without a look something is wrong. */
    private static final int SILENCE = 4;

    private static final int WIDEST_LABEL = 24;

    private ScalingText() {}

    /** One line for each service, and who looks after them. */
    public static String table(Standing standing, Style style) {
        Table table = new Table("SERVICE", "REPLICAS", "WANTED", "BOUNDS", "DECISION", "FOR", "WHY");
        Instant now = standing.time().plus(standing.age());
        standing.services()
                .forEach((name, account) -> table.row(
                        name,
                        account.running() + "/" + account.replicas(),
                        Integer.toString(account.wanted()),
                        account.bounds().toString(),
                        decision(account),
                        Age.between(account.since(), now),
                        why(account)));
        return table.print(style) + next(standing);
    }

    private static String decision(Account account) {
        return account.verdict() == Verdict.SCALE && account.outcome().equals("Scaled")
                ? account.current() + " -> " + account.replicas()
                : account.verdict() == Verdict.SCALE
                        ? "held"
                        : account.verdict().word();
    }

    /** The last step is the one that settled it. */
    private static String why(Account account) {
        return account.steps().isEmpty()
                ? ""
                : account.steps().get(account.steps().size() - 1).text();
    }

    /** Whether looks have failed to come. */
    public static boolean isSilent(Standing standing) {
        return standing.age().compareTo(standing.interval().multipliedBy(SILENCE)) > 0;
    }

    /** When the next look is, or that none comes. */
    public static String next(Standing standing) {
        if (isSilent(standing)) {
            return "The last look was "
                    + Age.between(standing.time(), standing.time().plus(standing.age()))
                    + " ago: no autoscaler looks after the stack, or it cannot. See: prodstack logs autoscaler\n";
        }
        return "Next look " + TIME.format(standing.time().plus(standing.interval()))
                + standing.leader().map(leader -> ", by " + leader).orElse("") + ".\n";
    }

    /** A service in a few lines: what it has, what was wanted, and each step between the two. */
    public static String explained(String service, Account account) {
        StringBuilder text = new StringBuilder();
        text.append(service).append(" is set to ").append(account.replicas());
        text.append(" (")
                .append(account.bounds())
                .append("), ")
                .append(account.running())
                .append(" run. ");
        text.append(verdict(account)).append('\n');
        int width = account.steps().stream()
                .mapToInt(step -> label(step).length())
                .filter(length -> length <= WIDEST_LABEL)
                .max()
                .orElse(0);
        for (Step step : account.steps()) {
            String label = label(step);
            text.append("  ")
                    .append(label)
                    .append(" ".repeat(Math.max(0, width - label.length())))
                    .append("  ")
                    .append(label.isEmpty() ? step.text() : step.text().substring(label.length() + 2))
                    .append('\n');
        }
        return text.toString();
    }

    private static String label(Step step) {
        int colon = step.text().indexOf(": ");
        return colon > 0 && colon <= WIDEST_LABEL ? step.text().substring(0, colon) : "";
    }

    private static String verdict(Account account) {
        String since = TIME.format(account.since());
        return switch (account.verdict()) {
            case SCALE ->
                account.outcome().equals("Scaled")
                        ? "Moved from " + account.current() + " at " + since + "."
                        : "Wanted " + account.wanted() + ", held at " + account.current() + " since " + since + ".";
            case KEEP ->
                account.wanted() == account.current()
                        ? "As wanted since " + since + "."
                        : "Wanted " + account.wanted() + ", held at " + account.current() + " since " + since + ".";
            case HOLD -> "Held since " + since + ": not enough is known to decide.";
            case INACTIVE -> "Left alone since " + since + ".";
        };
    }

    /** A look in words. */
    public static String explained(Look look) {
        StringBuilder text = new StringBuilder();
        for (ServiceLook service : look.services()) {
            text.append(explained(service.service(), service.account()));
        }
        look.missing().forEach(name -> text.append(name).append(" has a policy, but is not in the cluster.\n"));
        return text.toString();
    }

    /** A look as data. */
    public static Data data(Look look) {
        Map<String, Data> services = new LinkedHashMap<>();
        look.services().forEach(its -> services.put(its.service(), Data.of(AccountData.of(its.account()))));
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("stack", Data.of(look.stack()));
        fields.put("time", Data.of(look.time().toString()));
        fields.put("services", Data.of(services));
        List<Data> missing = new ArrayList<>();
        look.missing().forEach(name -> missing.add(Data.of(name)));
        fields.put("missing", Data.of(missing));
        return Data.of(fields);
    }

    /** What the autoscaler left in the cluster, as data. */
    public static Data data(Standing standing) {
        Map<String, Data> services = new LinkedHashMap<>();
        standing.services().forEach((name, account) -> {
            Map<String, Data> fields = new LinkedHashMap<>(AccountData.of(account));
            fields.put("since", Data.of(account.since().toString()));
            services.put(name, Data.of(fields));
        });
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("time", Data.of(standing.time().toString()));
        fields.put("age_seconds", Data.of(standing.age().toSeconds()));
        fields.put("interval_seconds", Data.of(standing.interval().toSeconds()));
        fields.put("leader", Data.of(standing.leader().orElse("")));
        fields.put("services", Data.of(services));
        return Data.of(fields);
    }
}
