package dev.prodstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * An image for jobs with the classes under test: the Java that the tests run on, cut down, over the image that other
 * tests use. It needs no package and no base from elsewhere.
 */
final class JobImage {
    private static final Pattern LIBRARY = Pattern.compile("(/\\S+)\\s+\\(0x");

    private JobImage() {}

    /**
     * Builds it and pushes it to the lab's registry.
     *
     * @param directory for files
     * @return its name
     */
    static String build(Path directory, String host, String base, String registry) throws Exception {
        return build(directory, host, base, registry, true);
    }

    /** The same over an image that has the C library already, of this machine's version or a later one. */
    static String buildOnDebian(Path directory, String host, String base, String registry) throws Exception {
        return build(directory, host, base, registry, false);
    }

    private static String build(Path directory, String host, String base, String registry, boolean bare)
            throws Exception {
        Path context = Files.createDirectories(directory.resolve("image"));
        int linked = ToolProvider.findFirst("jlink")
                .orElseThrow()
                .run(
                        System.out,
                        System.err,
                        "--add-modules",
                        "java.se,jdk.unsupported,jdk.crypto.ec,jdk.httpserver,jdk.zipfs",
                        "--strip-debug",
                        "--no-header-files",
                        "--no-man-pages",
                        "--output",
                        context.resolve("java").toString());
        assertThat(linked).isZero();
        if (bare) {
            libraries(context);
        }
        Files.createDirectories(context.resolve("root/tmp"));
        Files.createDirectories(context.resolve("app"));
        String path = classes(context);
        Files.writeString(
                context.resolve("Dockerfile"),
                "FROM " + base + "\nCOPY root /\nCOPY java /java\nCOPY app /app\n"
                        + "ENTRYPOINT [\"/java/bin/java\", \"-XX:TieredStopAtLevel=1\", \"-XX:+UseSerialGC\", \"-cp\", \""
                        + path + "\", \"dev.prodstack.cli.Main\"]\n");
        String name = registry + "/test/jobs:" + Long.toString(System.nanoTime(), 36);
        run("docker", "-H", host, "build", "-q", "-t", name, context.toString());
        run("docker", "-H", host, "push", "-q", name);
        return name;
    }

    /** The C library and its kin, where the loader looks for them. */
    private static void libraries(Path context) throws Exception {
        Path java = context.resolve("java");
        String told = run("ldd", java.resolve("bin/java").toString())
                + run("ldd", java.resolve("lib/server/libjvm.so").toString())
                + run("ldd", java.resolve("lib/libnet.so").toString());
        Matcher library = LIBRARY.matcher(told);
        while (library.find()) {
            Path found = Path.of(library.group(1));
            if (!found.startsWith(java)) {
                copyLibrary(found, context);
            }
            if (found.endsWith("libc.so.6")) {
                // That of zstd asks for it, as some Javas do and others do not.
                copyLibrary(found.resolveSibling("libpthread.so.0"), context);
            }
        }
    }

    private static void copyLibrary(Path from, Path context) throws IOException {
        Path target = context.resolve("root").resolve(from.toString().substring(1));
        Files.createDirectories(target.resolveSibling("."));
        Files.deleteIfExists(target);
        Files.copy(from.toRealPath(), target);
    }

    /** Copies the class path, and says what it is in the image. */
    private static String classes(Path context) throws IOException {
        StringBuilder path = new StringBuilder();
        int number = 0;
        for (String element : elements()) {
            Path from = Path.of(element);
            if (element.contains("/test") || element.contains("junit") || !Files.exists(from)) {
                continue;
            }
            String name = number++ + "-" + from.getFileName();
            copy(from, context.resolve("app").resolve(name));
            path.append(path.isEmpty() ? "" : ":").append("/app/").append(name);
        }
        return path.toString();
    }

    /** Where classes come from: of a loader of its own, where a program starts the tests so. */
    private static List<String> elements() {
        return JobImage.class.getClassLoader() instanceof URLClassLoader loader
                ? Stream.of(loader.getURLs())
                        .map(URL::getPath)
                        .map(path -> path.replaceFirst("/$", ""))
                        .toList()
                : List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1));
    }

    private static void copy(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            Files.copy(from, to);
            return;
        }
        List<Path> files;
        try (Stream<Path> walk = Files.walk(from)) {
            files = walk.toList();
        }
        for (Path file : files) {
            Files.copy(file, to.resolve(from.relativize(file).toString()));
        }
    }

    /** What a program printed on standard output; it must end well. */
    static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
        return output;
    }
}
