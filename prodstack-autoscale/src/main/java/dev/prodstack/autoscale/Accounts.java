package dev.prodstack.autoscale;

import dev.prodstack.autoscale.decision.Decision;
import dev.prodstack.autoscale.decision.Reason;
import java.util.ArrayList;
import java.util.List;

/** Gives account of looks. */
final class Accounts {
    private Accounts() {}

    /** The account of a look at a service. */
    static Account of(ServiceLook look) {
        Decision decision = look.decision();
        List<Account.Step> steps = new ArrayList<>();
        for (Reason reason : decision.reasons()) {
            steps.add(new Account.Step(reason.code(), reason.text()));
        }
        // The decision's own note of a dry run says so already.
        if (!look.outcome().text().isEmpty()
                && steps.stream()
                        .noneMatch(step -> step.code().equals(look.outcome().code()))) {
            steps.add(new Account.Step(look.outcome().code(), look.outcome().text()));
        }
        return new Account(
                decision.current(),
                look.outcome() == ServiceLook.Plain.SCALED ? decision.replicas() : decision.current(),
                look.wanted(),
                look.running(),
                look.bounds(),
                verdict(decision),
                look.time(),
                look.outcome().code(),
                steps);
    }

    private static Account.Verdict verdict(Decision decision) {
        if (decision instanceof Decision.Scale) {
            return Account.Verdict.SCALE;
        } else if (decision instanceof Decision.Keep) {
            return Account.Verdict.KEEP;
        }
        return decision instanceof Decision.Hold ? Account.Verdict.HOLD : Account.Verdict.INACTIVE;
    }
}
