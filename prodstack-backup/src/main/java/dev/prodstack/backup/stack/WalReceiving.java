package dev.prodstack.backup.stack;

import dev.prodstack.backup.work.ServerAccess;
import dev.prodstack.backup.work.WalNews;
import dev.prodstack.backup.work.Work;
import dev.prodstack.core.backup.BackupPlan;
import dev.prodstack.core.backup.BackupSource;
import dev.prodstack.core.backup.BackupSource.Wal;
import dev.prodstack.core.cluster.ClusterException;
import dev.prodstack.core.stack.Stack;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/**
 * Has the log of one server received by a job, and another one when that ends, until it is closed. If the log cannot be
 * restored for want of a base backup, it takes one.
 */
final class WalReceiving implements AutoCloseable {
    private static final Duration TURN = Duration.ofHours(6);
    private static final Duration GRACE = Duration.ofMinutes(10);
    private static final Duration SILENCE = Duration.ofMinutes(3);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONG = Duration.ofHours(12);

    private final Stack stack;
    private final String service;
    private final BackupSource.Postgres source;
    private final StackBackup backup;
    private final StackWork work;
    private final Cluster cluster;
    private final Consumer<StackEvent> events;
    private final String name;
    private WalStatus status = WalStatus.since(Instant.now());
    private Instant heard = Instant.now();
    private Instant based = Instant.EPOCH;
    private Instant due = Instant.EPOCH;
    private Optional<Thread> receiver = Optional.empty();
    private Optional<Thread> taker = Optional.empty();
    private volatile boolean closed;

    WalReceiving(
            Stack stack,
            String service,
            BackupSource.Postgres source,
            BackupPlan plan,
            String image,
            Cluster cluster,
            Consumer<StackEvent> events) {
        this.stack = stack;
        this.service = service;
        this.source = source;
        this.backup = new StackBackup(stack, plan, image, cluster, events);
        this.work = backup.work();
        this.cluster = cluster;
        this.events = events;
        this.name = "log of " + service;
    }

    /** What jobs that receive it are for; part of their names. */
    static String purpose(String service) {
        String word = "wal-" + service.replaceAll("[^a-zA-Z0-9-]", "-");
        return word.length() > 30 ? word.substring(0, 30) : word;
    }

    void start() {
        // An earlier owner that was killed left its job behind, which has the slot.
        cluster.jobs().end(stack.name(), Set.of(purpose(service)));
        receiver = Optional.of(thread(this::receive, "wal-" + service));
    }

    private static Thread thread(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    synchronized WalStatus status() {
        return status;
    }

    private void receive() {
        String told = "";
        Duration pause = PAUSE;
        while (!closed) {
            String reason;
            Instant begun = Instant.now();
            try {
                run();
                reason = "";
            } catch (IOException | ClusterException | CancellationException e) {
                reason = String.valueOf(e.getMessage());
            }
            pause = Duration.between(begun, Instant.now()).compareTo(LONGEST_PAUSE) > 0 ? PAUSE : pause;
            // Whoever looks after it interrupts a job that receives nothing.
            boolean silent = Thread.interrupted();
            if (closed) {
                return;
            }
            String words =
                    silent ? "nothing was received for " + SILENCE.toMinutes() + " minutes; another job tries" : reason;
            if (!words.isEmpty()) {
                news(new WalNews(WalNews.Kind.TROUBLE, Instant.now(), 0, words), !words.equals(told));
                told = words;
                rest(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        }
    }

    private void rest(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            if (closed) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() throws IOException {
        synchronized (this) {
            heard = Instant.now();
        }
        // The first one makes the repository: log is received before there is a backup.
        backup.prepare();
        PartWork server = PartWork.of(stack, service, source);
        Wal wal = source.wal().orElseThrow();
        work.run(
                new StackWork.Place(
                        purpose(service),
                        name,
                        Optional.empty(),
                        Optional.of(service),
                        server.mounts(),
                        server.secrets(),
                        TURN.plus(GRACE)),
                access -> new Work.ReceiveWal(
                        access,
                        new Work.Label(stack.name(), service, source.name(), "wal"),
                        server.server(),
                        wal.storeEvery().toMillis(),
                        TURN.toSeconds()),
                line -> WalNews.parse(line).ifPresent(its -> news(its, true)));
    }

    private void news(WalNews news, boolean tell) {
        boolean first;
        synchronized (this) {
            // A job that only has trouble may have a password or an address of before: the next one has new ones.
            heard = news.kind() == WalNews.Kind.TROUBLE ? heard : Instant.now();
            first = status.baseDue().isEmpty();
            if (news.kind() == WalNews.Kind.BASE_DUE && news.at().isBefore(based)) {
                return;
            }
            status = status.after(news);
            due = news.kind() == WalNews.Kind.BASE_DUE ? news.at() : due;
        }
        if (!tell) {
            return;
        }
        switch (news.kind()) {
            case GAP ->
                events.accept(new StackEvent.Failed(
                        name,
                        "log is missing, so moments after its end cannot be restored until there is a new base"
                                + " backup, which is taken now: " + news.text()));
            case TROUBLE -> events.accept(new StackEvent.Note(name, news.text()));
            case BEGUN, FORKED -> events.accept(new StackEvent.Note(name, "received " + news.text()));
            case BASE_DUE -> {
                if (first) {
                    events.accept(new StackEvent.Note(name, "a base backup is due: " + news.text()));
                }
            }
            case STORED, CURRENT, BASE_FINE -> {
                // The metrics say so.
            }
        }
    }

    /** Looks after it: a job that went silent, and a base backup that is due. */
    void look() {
        boolean silent;
        boolean isDue;
        synchronized (this) {
            silent = Duration.between(heard, Instant.now()).compareTo(SILENCE) > 0;
            heard = silent ? Instant.now() : heard;
            isDue = !status.baseDue().isEmpty() && due.isAfter(based);
        }
        if (silent) {
            receiver.ifPresent(Thread::interrupt);
        }
        if (isDue && !taker.filter(Thread::isAlive).isPresent()) {
            taker = Optional.of(thread(this::takeBase, "wal-base-" + service));
        }
    }

    private void takeBase() {
        String what = "base backup of " + service;
        Instant begun = Instant.now();
        try (StackClaim claim = StackClaim.take(cluster, stack.name(), what)) {
            claim.check();
            events.accept(new StackEvent.Begun(what));
            PartWork server = PartWork.of(stack, service, source);
            String id = StackBackup.newId(begun);
            work.run(
                    new StackWork.Place(
                            "base",
                            what,
                            Optional.empty(),
                            Optional.of(service),
                            server.mounts(),
                            server.secrets(),
                            LONG),
                    access -> new Work.StoreServer(
                            access,
                            new Work.Label(stack.name(), service, source.name(), id),
                            baseAlone(server.server())));
            synchronized (this) {
                based = Instant.now();
                status = status.afterBase();
            }
            Aftercare.fold(work, stack, service, id);
            events.accept(new StackEvent.Done(what, id, Duration.between(begun, Instant.now())));
        } catch (BusyException e) {
            // A backup may take it along; if not, it is due still.
            return;
        } catch (IOException | ClusterException | CancellationException e) {
            if (!closed) {
                events.accept(new StackEvent.Failed(what, String.valueOf(e.getMessage())));
            }
        }
    }

    private static ServerAccess baseAlone(ServerAccess server) {
        return new ServerAccess(
                server.what(),
                server.host(),
                server.port(),
                server.user(),
                server.passwordFile(),
                server.accessKeyFile(),
                List.of(),
                server.base(),
                "",
                server.slot(),
                server.directory());
    }

    /** Ends its jobs. What is not stored yet the server keeps for the next one. */
    @Override
    public void close() {
        closed = true;
        for (Optional<Thread> thread : List.of(receiver, taker)) {
            thread.ifPresent(Thread::interrupt);
        }
        for (Optional<Thread> thread : List.of(receiver, taker)) {
            thread.ifPresent(its -> {
                try {
                    its.join(Duration.ofSeconds(10).toMillis());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }
}
