package dev.prodstack.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The guides whose shell blocks are run. */
final class Guides {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> NAMES = List.of(
            "DEPLOYMENT_RUNBOOK.md", "ZERO_DOWNTIME_DEPLOYMENT.md", "TROUBLESHOOTING_GUIDE.md", "LOAD_TESTING.md");

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

    /** All of them, or the one that {@code -Dprodstack.guide} names, for whoever writes one. */
    static List<Guide> chosen() throws IOException {
        String one = System.getProperty("prodstack.guide", "");
        return one.isEmpty() ? all() : List.of(named(one));
    }

    static Guide named(String name) throws IOException {
        return Guide.read(ROOT.resolve("docs").resolve(name));
    }
}
