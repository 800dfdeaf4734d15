package dev.prodstack.swarm.prepare;

import dev.prodstack.swarm.doctor.Finding;
import java.util.List;
import java.util.Set;

/**
 * What a look at the cluster says about a deploy. What is a fault of the cluster keeps a deploy back only if the stack
 * could not run because of it: a lost node is one more reason to be able to deploy.
 */
final class Preflight {
    /** What says nothing about whether this stack can run here, and would be repeated at every deploy. */
    private static final Set<String> ELSEWHERE = Set.of("access", "clock", "ipvs");

    private Preflight() {}

    static void remark(List<Finding> findings, Remarks remarks) {
        for (Finding finding : findings) {
            boolean wrong = finding.verdict() == Finding.Verdict.ERROR;
            if (wrong && !finding.check().equals("nodes")) {
                remarks.obstacle(finding.check(), finding.message(), finding.fix());
            } else if (wrong
                    || (finding.verdict() == Finding.Verdict.WARNING && !ELSEWHERE.contains(finding.check()))) {
                remarks.warning(finding.check(), finding.message(), finding.fix());
            }
        }
    }
}
