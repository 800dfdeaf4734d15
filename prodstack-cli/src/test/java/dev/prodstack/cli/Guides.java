package dev.prodstack.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The guides whose shell blocks are run. */
final class Guides {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> NAMES = List.of(
            "DEPLOYMENT_RUNBOOK.md",
            "ZERO_DOWNTIME_DEPLOYMENT.md",
            "TROUBLESHOOTING_GUIDE.md",
            "LOAD_TESTING.md",
            "BACKUP_RESTORE_PROCEDURES.md");

    private Guides() {}

    static List<Guide> all() throws IOException {
        List<Guide> guides = new ArrayList<>();
        for (String name : NAMES) {
            if (ROOT.resolve("docs").resolve(name).toFile().exists()) {
                guides.add(Guide.read(ROOT.resolve("docs").resolve(name)));
            }
        }
        return guides;
    }

    /** The blocks that a guide leaves to a test, such as {@code RealDisastersTest.ransomware}, in their order. */
    static List<GuideBlock> runBy(String test) throws IOException {
        List<GuideBlock> blocks = new ArrayList<>();
        for (Guide guide : all()) {
            guide.blocks().stream()
                    .filter(step -> step.runBy().filter(test::equals).isPresent())
                    .forEach(step -> blocks.add(new GuideBlock(guide, step)));
        }
        return blocks;
    }

    /** All of them, or the one that {@code -Dprodstack.guide} names, for whoever writes one. */
    static List<Guide> chosen() throws IOException {
        String one = System.getProperty("prodstack.guide", "");
        return one.isEmpty() ? all() : List.of(named(one));
    }

    static Guide named(String name) throws IOException {
        return Guide.read(ROOT.resolve("docs").resolve(name));
    }
}
