package dev.prodstack.swarm.health;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.prodstack.swarm.doctor.Finding;
import dev.prodstack.swarm.doctor.Finding.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Reads what Prometheus answers to {@code /api/v1/targets}. Pure. */
final class ScrapeTargets {
    static final String CHECK = "prometheus";
    private static final ObjectMapper JSON = new ObjectMapper();

    private ScrapeTargets() {}

    /** A finding for each job, and one for each target of it that is not up. */
    static List<Finding> look(String answer) {
        JsonNode targets;
        try {
            targets = JSON.readTree(answer).at("/data/activeTargets");
        } catch (JsonProcessingException e) {
            return List.of(new Finding(
                    CHECK, Verdict.ERROR, "what answers is no Prometheus", "see whether the address is right"));
        }
        if (targets.isEmpty()) {
            return List.of(new Finding(CHECK, Verdict.ERROR, "it has no target at all", "see its scrape_configs"));
        }
        TreeMap<String, int[]> jobs = new TreeMap<>();
        List<Finding> findings = new ArrayList<>();
        for (JsonNode target : targets) {
            String job = target.at("/labels/job").asText();
            int[] counts = jobs.computeIfAbsent(job, key -> new int[2]);
            String health = target.path("health").asText();
            counts[0] += health.equals("up") ? 1 : 0;
            counts[1]++;
            if (!health.equals("up")) {
                findings.add(notUp(job, target, health));
            }
        }
        List<Finding> all = new ArrayList<>();
        jobs.forEach((job, counts) -> {
            if (counts[0] == counts[1]) {
                all.add(new Finding(CHECK, Verdict.OK, job + ": " + counts[0] + " of " + counts[1] + " up", ""));
            }
        });
        all.addAll(findings);
        return all;
    }

    private static Finding notUp(String job, JsonNode target, String health) {
        String what = job + ": " + target.path("scrapeUrl").asText();
        return health.equals("down")
                ? new Finding(
                        CHECK,
                        Verdict.ERROR,
                        what + " is down: " + target.path("lastError").asText(),
                        "see its service's logs and networks")
                : new Finding(CHECK, Verdict.WARNING, what + " was not scraped yet", "look again in a minute");
    }
}
