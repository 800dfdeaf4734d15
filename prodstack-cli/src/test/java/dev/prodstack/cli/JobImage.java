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
import java.util.stream.Collectors;
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
        run(context.resolve("java/bin/java").toString(), "-Xshare:dump");
        if (bare) {
            libraries(context);
        }
        Files.createDirectories(context.resolve("root/tmp"));
        Files.createDirectories(context.resolve("app"));
        String path = classes(context);
        Files.writeString(
                context.resolve("Dockerfile"),
                "FROM " + base + "\nCOPY root /\nCOPY java /java\nCOPY app /app\nRUN "
                        + java("ArchiveClassesAtExit", path, "Rehearsal") + "\nENTRYPOINT "
                        + java("SharedArchiveFile", path, "Main") + "\n");
        String name = registry + "/test/jobs:" + Long.toString(System.nanoTime(), 36);
        run("docker", "-H", host, "build", "-q", "-t", name, context.toString());
        run("docker", "-H", host, "push", "-q", name);
        return name;
    }

    /** How to start Java with an archive of classes, as a Dockerfile has commands. */
    private static String java(String archive, String path, String main) {
        return Stream.of(
                        "/java/bin/java",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xlog:disable",
                        "-XX:" + archive + "=/app/classes.jsa",
                        "-cp",
                        path,
                        "dev.prodstack.cli." + main)
                .map(word -> '"' + word + '"')
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /** The C library and its kin, where the loader looks for them; and a program that restores pipes' exact times. */
    private static void libraries(Path context) throws Exception {
        Path java = context.resolve("java");
        Path programs = Files.createDirectories(context.resolve("root/usr/local/bin"));
        Files.copy(Path.of("/usr/bin/touch").toRealPath(), programs.resolve("touch"));
        String told = run("ldd", java.resolve("bin/java").toString())
                + run("ldd", java.resolve("lib/server/libjvm.so").toString())
                + run("ldd", java.resolve("lib/libnet.so").toString())
                + run("ldd", programs.resolve("touch").toString());
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

    /** Copies the class path, and says what it is in the image: jars alone, as no other classes are archived. */
    private static String classes(Path context) throws IOException {
        StringBuilder path = new StringBuilder();
        int number = 0;
        for (String element : elements()) {
            Path from = Path.of(element);
            if (element.isEmpty() || element.contains("/test") || element.contains("junit") || !Files.exists(from)) {
                continue;
            }
            String name = number++ + "-" + from.getFileName() + (Files.isDirectory(from) ? ".jar" : "");
            Path to = context.resolve("app").resolve(name);
            if (Files.isDirectory(from)) {
                pack(from, to);
            } else {
                Files.copy(from, to);
            }
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

    private static void pack(Path classes, Path jar) throws IOException {
        int packed = ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(System.out, System.err, "--create", "--file", jar.toString(), "-C", classes.toString(), ".");
        assertThat(packed).isZero();
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
