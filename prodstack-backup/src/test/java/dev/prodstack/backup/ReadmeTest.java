package dev.prodstack.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.backup.storage.s3.S3Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines of Java in the README are compiled and run, against a server that speaks S3. */
class ReadmeTest {
    private static final String AROUND = """
            import dev.prodstack.backup.Backup;
            import dev.prodstack.backup.repository.Repository;
            import dev.prodstack.backup.restore.*;
            import dev.prodstack.backup.snapshot.StoredSnapshot;
            import dev.prodstack.backup.source.DirectorySource;
            import dev.prodstack.backup.storage.s3.S3Storage;
            import java.nio.file.Path;

            public class Example {
                public static void run(char[] password) throws Exception {
                    %s
                }
            }
            """;

    @TempDir
    Path folder;

    @Test
    void theExampleBacksUpToS3AndRestores() throws Exception {
        Path source = Files.createDirectories(folder.resolve("shop/below"));
        Files.writeString(source.resolve("file"), "content");
        Path target = folder.resolve("restored");
        String example = example()
                .replace(
                        "s3:https://s3.example.com/backups/shop",
                        "s3:" + S3Proxy.running().endpoint() + "/readme-example/shop")
                .replace("/srv/shop", folder.resolve("shop").toString())
                .replace("\"/restore\"", "\"" + target + "\"");
        compile(AROUND.formatted(example));
        System.setProperty("aws.accessKeyId", S3Proxy.running().accessKey());
        System.setProperty("aws.secretAccessKey", S3Proxy.running().secretKey());
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            loader.loadClass("Example").getMethod("run", char[].class).invoke(null, (Object)
                    "open sesame".toCharArray());
        } finally {
            System.clearProperty("aws.accessKeyId");
            System.clearProperty("aws.secretAccessKey");
        }
        assertThat(target.resolve(Path.of("/").relativize(source)).resolve("file"))
                .hasContent("content");
    }

    private static String example() throws Exception {
        Matcher block =
                Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(Path.of("README.md")));
        assertThat(block.find()).isTrue();
        assertThat(block.group(1).lines()).hasSize(5);
        return block.group(1);
    }

    private void compile(String program) throws Exception {
        Path file = Files.writeString(folder.resolve("Example.java"), program);
        String javac = Path.of(System.getProperty("java.home"), "bin", "javac").toString();
        String path = System.getProperty("java.class.path") + ":" + System.getProperty("jdk.module.path", "");
        Process compiler = new ProcessBuilder(
                        javac, "-proc:none", "-cp", path, "-d", folder.toString(), file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(compiler.waitFor()).as(said).isZero();
    }
}
