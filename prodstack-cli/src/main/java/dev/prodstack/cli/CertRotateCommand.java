package dev.prodstack.cli;

import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.swarm.Swarm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code prodstack cert rotate}. */
@Command(
        name = "rotate",
        header = "Give external secrets new values from files, and services the new ones.",
        description = {
            "prodstack cert rotate tls_certificate=new.pem tls_key=new.key",
            "prodstack cert rotate tls_certificate=new.pem --dry-run",
        },
        customSynopsis = "prodstack cert rotate SECRET=FILE... [OPTIONS]",
        footer = {
            "Each secret gets a new version under a name of its own, and the services that use it",
            "are updated at their pace, new tasks first where they say so. If they do not get",
            "healthy with it, they go back to the version before. Later deploys and rollbacks use",
            "the newest version; prodstack clean-up removes those that nobody uses any more."
        })
final class CertRotateCommand extends StackAction {
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";

    @Parameters(arity = "0..*", paramLabel = "SECRET=FILE", description = "An external secret, and its new value.")
    private List<String> pairs = new ArrayList<>();

    @Mixin
    private ApplyOptions applying = new ApplyOptions();

    CertRotateCommand() {}

    @Override
    ExitCode run(Context context) {
        applying.options();
        Map<String, String> files = files(context);
        try (Swarm swarm = ConnectionOptions.connect(context)) {
            String name = StackNames.resolve(context, swarm);
            return applying.run(
                    context, swarm, new ApplyOptions.Work(name, "cert rotate", () -> swarm.planRotation(name, files)));
        }
    }

    private Map<String, String> files(Context context) {
        if (pairs.isEmpty()) {
            throw Failure.usage(
                    "no secret given", "name them: prodstack cert rotate tls_certificate=new.pem tls_key=new.key");
        }
        Map<String, String> files = new LinkedHashMap<>();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals < 1 || equals == pair.length() - 1) {
                throw Failure.usage(
                        "\"" + pair + "\" names no secret and file", "write it like tls_certificate=new.pem");
            }
            Path file = context.surroundings().workingDirectory().resolve(pair.substring(equals + 1));
            check(file);
            files.put(pair.substring(0, equals), file.toAbsolutePath().toString());
        }
        return files;
    }

    /** A certificate that has run out would be served without a word. */
    private static void check(Path file) {
        try {
            if (!Files.readString(file).contains(BEGIN)) {
                return;
            }
            try (InputStream in = Files.newInputStream(file)) {
                for (Certificate certificate :
                        CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                    check(file, (X509Certificate) certificate);
                }
            }
        } catch (IOException e) {
            throw Failure.failed(file + " cannot be read: " + Failures.word(e), "correct the file's name", e);
        } catch (CertificateException e) {
            throw Failure.failed(file + " holds no certificate that can be read: " + e.getMessage(), "", e);
        }
    }

    private static void check(Path file, X509Certificate certificate) {
        if (certificate.getNotAfter().toInstant().isBefore(Instant.now())) {
            throw Failure.failed(
                    "the certificate of " + certificate.getSubjectX500Principal() + " in " + file + " ran out at "
                            + certificate.getNotAfter().toInstant(),
                    "get one that is valid; nothing was changed");
        }
    }
}
