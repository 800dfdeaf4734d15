package dev.prodstack.backup.work;

import dev.prodstack.backup.repository.HeldLock;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.restore.Comparison;
import dev.prodstack.backup.server.Compared;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Looks whether what was restored is what was backed up. That it is not is a result, not a failure: the facts have
 * {@code different}, above zero then, and the notes say what.
 */
final class Compare {
    /** How many things differ. */
    static final String DIFFERENT = "different";

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private Compare() {}

    static WorkResult files(Repository repository, Work.CompareFiles work) throws IOException, InterruptedException {
        StoredSnapshot snapshot = Worker.snapshots(repository, work.snapshots()).stream()
                .findFirst()
                .orElseThrow();
        HeldLock lock = repository.lockShared();
        try (lock) {
            repository.loadIndex();
            String from = snapshot.snapshot().paths().get(0);
            return result(
                    repository, told(Comparison.of(repository, snapshot, from).with(Path.of(work.path()))));
        }
    }

    static WorkResult server(Repository repository, Work.CompareServer work) throws IOException, InterruptedException {
        StoredSnapshot snapshot = Worker.snapshots(repository, work.snapshots()).stream()
                .findFirst()
                .orElseThrow();
        repository.loadIndex();
        return result(repository, ServerWork.compare(repository, work, snapshot));
    }

    static Compared told(Comparison.Report report) {
        return new Compared(
                Map.of("things", Long.toString(report.things()), "bytes", Long.toString(report.bytes())),
                report.different(),
                report.differences());
    }

    private static WorkResult result(Repository repository, Compared compared) {
        Map<String, String> facts = new TreeMap<>(compared.facts());
        facts.put(DIFFERENT, Long.toString(compared.different()));
        return WorkResult.of(Worker.id(repository), compared.differences(), facts);
    }

    static WorkResult ask(Work.Ask ask) throws InterruptedException {
        HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER).build();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(ask.url())).timeout(ANSWER).build();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            String answer;
            try {
                int status = client.send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                if (status == ask.status()) {
                    return WorkResult.of("", List.of(), Map.of("status", Integer.toString(status), DIFFERENT, "0"));
                }
                answer = "it answers " + status + ", not " + ask.status();
            } catch (IOException e) {
                answer = "it does not answer: " + e;
            }
            if (System.nanoTime() > end) {
                return WorkResult.of("", List.of(answer), Map.of(DIFFERENT, "1"));
            }
            Thread.sleep(PAUSE.toMillis());
        }
    }
}
