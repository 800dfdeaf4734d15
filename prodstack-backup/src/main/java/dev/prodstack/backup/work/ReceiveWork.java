package dev.prodstack.backup.work;

import dev.prodstack.backup.postgres.PostgresRecovery;
import dev.prodstack.backup.postgres.WalEvent;
import dev.prodstack.backup.postgres.WalReceiver;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.core.backup.BackupSource.Wal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Receives a log, and looks now and then whether a base backup is due. */
final class ReceiveWork {
    private static final Duration LOOK = Duration.ofSeconds(30);
    private static final Duration REPEAT = Duration.ofMinutes(30);
    private static final Duration TELL = Duration.ofSeconds(9);

    private final Work.ReceiveWal work;
    private final Consumer<String> lines;
    private String system = "";
    private boolean unsure = true;
    private boolean any;
    private Instant looked = Instant.EPOCH;
    private Instant current = Instant.EPOCH;

    private ReceiveWork(Work.ReceiveWal work, Consumer<String> lines) {
        this.work = work;
        this.lines = lines;
    }

    static ReceiveWork of(Work.ReceiveWal work, Consumer<String> lines) {
        return new ReceiveWork(work, lines);
    }

    WorkResult run() throws IOException, InterruptedException {
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
        Thread receiving = Thread.currentThread();
        var unused = timer.schedule(receiving::interrupt, work.seconds(), TimeUnit.SECONDS);
        var unusedToo = timer.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
        Instant end = Instant.now().plusSeconds(work.seconds());
        try (Repository repository = work.repository().open()) {
            WalReceiver.of(
                            ServerWork.postgres(work.server()),
                            new Wal(work.server().slot(), Duration.ofMillis(work.storeEveryMillis())))
                    .into(repository, work.label().stack(), work.label().service())
                    .telling(this::told)
                    .run();
            throw new IllegalStateException("receiving never ends by itself");
        } catch (InterruptedException e) {
            if (Instant.now().isBefore(end)) {
                throw e;
            }
            return WorkResult.of("", List.of(), Map.of());
        } finally {
            timer.shutdownNow();
        }
    }

    private synchronized void say(WalNews.Kind kind, Instant at, long bytes, String text) {
        lines.accept(new WalNews(kind, at, bytes, text).line());
    }

    private synchronized void told(WalEvent event) {
        Instant now = Instant.now();
        if (event instanceof WalEvent.Begun begun) {
            system = begun.system();
            any = false;
            unsure = true;
            looked = Instant.EPOCH;
            say(WalNews.Kind.BEGUN, now, 0, "from " + begun.from() + " on timeline " + begun.timeline());
        } else if (event instanceof WalEvent.Stored stored) {
            // Where it goes on is known from the first piece on.
            looked = any ? looked : Instant.EPOCH;
            unsure |= !any;
            any = true;
            say(
                    WalNews.Kind.STORED,
                    stored.piece().sent(),
                    stored.piece().end().minus(stored.piece().start()),
                    stored.piece().end().toString());
        } else if (event instanceof WalEvent.Current its) {
            if (Duration.between(current, its.sent()).compareTo(TELL) >= 0) {
                current = its.sent();
                say(WalNews.Kind.CURRENT, its.sent(), 0, "");
            }
        } else if (event instanceof WalEvent.Interrupted interrupted) {
            say(WalNews.Kind.TROUBLE, now, 0, interrupted.why());
        } else if (event instanceof WalEvent.NotStored not) {
            say(WalNews.Kind.TROUBLE, now, 0, not.why());
        } else if (event instanceof WalEvent.Forked forked) {
            say(
                    WalNews.Kind.FORKED,
                    now,
                    0,
                    "from timeline " + forked.from() + " to " + forked.to() + " at " + forked.at());
        } else if (event instanceof WalEvent.Gap gap) {
            unsure = true;
            looked = Instant.EPOCH;
            say(WalNews.Kind.GAP, now, 0, gap.why());
        }
    }

    /** By a repository of its own: the other one is written to meanwhile. */
    private void look() {
        Instant now = Instant.now();
        String its;
        synchronized (this) {
            Duration since = Duration.between(looked, now);
            if (system.isEmpty() || since.compareTo(unsure ? LOOK : REPEAT) < 0) {
                return;
            }
            its = system;
            looked = now;
        }
        try (Repository repository = work.repository().open()) {
            Optional<String> due = PostgresRecovery.of(
                            repository, work.label().stack(), work.label().service())
                    .needsBase(its);
            synchronized (this) {
                unsure = due.isPresent();
            }
            say(due.isPresent() ? WalNews.Kind.BASE_DUE : WalNews.Kind.BASE_FINE, now, 0, due.orElse(""));
        } catch (IOException e) {
            say(WalNews.Kind.TROUBLE, now, 0, "cannot see whether a base backup is due: " + e.getMessage());
        }
    }
}
