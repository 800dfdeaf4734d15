package dev.prodstack.cli;

import dev.prodstack.cli.display.Style;
import dev.prodstack.cli.display.Table;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.core.value.Data;
import dev.prodstack.swarm.release.Release;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Releases for people and scripts. */
final class ReleaseTable {
    private ReleaseTable() {}

    /** One line for each. */
    static String of(List<Release> releases, Style style) {
        Table table = new Table("RELEASE", "TIME", "WHO", "COMMAND", "OUTCOME");
        releases.forEach(release -> table.row(
                Integer.toString(release.number()),
                time(release),
                release.by(),
                release.command(),
                release.outcome() + (release.message().isEmpty() ? "" : ": " + release.message())));
        return table.print(style);
    }

    /** What is known of a release but what it holds. */
    static Map<String, Data> data(Release release) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("release", Data.of(release.number()));
        fields.put("stack", Data.of(release.stack()));
        fields.put("time", Data.of(release.at().toString()));
        fields.put("by", Data.of(release.by()));
        fields.put("command", Data.of(release.command()));
        fields.put("outcome", Data.of(release.outcome().toString()));
        fields.put("message", Data.of(release.message()));
        return fields;
    }

    /** When it began, to the second. */
    static String time(Release release) {
        return release.at().toString().replaceFirst("\\.\\d+Z$", "Z");
    }

    /**
     * The release with a number.
     *
     * @throws Failure if it is not kept
     */
    static Release find(String stack, List<Release> releases, int number) {
        return releases.stream()
                .filter(release -> release.number() == number)
                .findFirst()
                .orElseThrow(() -> Failure.failed(
                        "the cluster keeps no release " + number + " of " + stack,
                        releases.isEmpty()
                                ? "it keeps none at all; deploy first"
                                : "it keeps "
                                        + String.join(
                                                ", ",
                                                releases.stream()
                                                        .map(release -> Integer.toString(release.number()))
                                                        .toList())));
    }
}
