package dev.prodstack.load.work;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.prodstack.load.check.Figure;
import dev.prodstack.load.check.LoadWork;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeoutException;

/**
 * Tasks that do nothing, in the form of Celery's protocol 2, kept waiting in the workers' queue all the time; how many
 * are taken from it is what workers do. Each goes by itself after a minute, and every worker of Celery since 4.0 knows
 * the task.
 *
 * @see <a href="https://docs.celeryq.dev/en/stable/internals/protocol.html">Celery's message protocol</a>
 */
final class TaskLoad implements Load {
    private static final String TASK = "celery.accumulate";
    private static final byte[] NOTHING =
            "[[], {}, {\"callbacks\": null, \"errbacks\": null, \"chain\": null, \"chord\": null}]"
                    .getBytes(StandardCharsets.UTF_8);
    private static final String LIFE_MILLISECONDS = "60000";
    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final Duration DRAINING = Duration.ofSeconds(45);
    private static final long PAUSE_MILLISECONDS = 20;
    private static final int TIMEOUT_MILLISECONDS = 15_000;

    private final LoadWork work;
    private final ConnectionFactory factory = new ConnectionFactory();
    private volatile boolean ended;
    private long published;

    TaskLoad(LoadWork work, String password) {
        this.work = work;
        factory.setHost(work.host());
        factory.setUsername(work.user());
        factory.setPassword(password);
        factory.setConnectionTimeout(TIMEOUT_MILLISECONDS);
        factory.setAutomaticRecoveryEnabled(false);
    }

    @Override
    public Figure run() throws IOException, InterruptedException {
        try (Connection connection = factory.newConnection("prodstack loadcheck");
                Channel channel = connection.createChannel()) {
            int workers = channel.queueDeclarePassive(work.target()).getConsumerCount();
            if (workers == 0) {
                throw new IOException("nobody takes tasks from the queue " + work.target());
            }
            channel.confirmSelect();
            Moment warm = keepWaiting(channel, WARM_UP);
            Moment last = keepWaiting(channel, work.length());
            String left = drained(channel) ? "" : "; some were not taken within " + DRAINING.toSeconds() + " s";
            double seconds = (last.nanos() - warm.nanos()) / 1e9;
            long taken = (last.published() - last.waiting()) - (warm.published() - warm.waiting());
            return new Figure(
                    taken / seconds,
                    0,
                    String.format(Locale.ROOT, "%,d tasks taken by %d consumers%s", taken, workers, left));
        } catch (TimeoutException e) {
            throw new IOException(work.host() + " did not answer in time", e);
        }
    }

    private record Moment(long nanos, long published, long waiting) {}

    /** So many that workers never wait for one, and that what waits is gone within a second or two. */
    private Moment keepWaiting(Channel channel, Duration length)
            throws IOException, InterruptedException, TimeoutException {
        long end = System.nanoTime() + length.toNanos();
        long enough = Math.max(100, Math.round(work.promise() * 2));
        while (true) {
            long waiting = waiting(channel);
            long now = System.nanoTime();
            if (now >= end || ended) {
                return new Moment(now, published, waiting);
            }
            for (long i = waiting; i < enough; i++) {
                publish(channel);
            }
            channel.waitForConfirms(TIMEOUT_MILLISECONDS);
            Thread.sleep(PAUSE_MILLISECONDS);
        }
    }

    private long waiting(Channel channel) throws IOException {
        return channel.queueDeclarePassive(work.target()).getMessageCount();
    }

    private void publish(Channel channel) throws IOException {
        String id = UUID.randomUUID().toString();
        AMQP.BasicProperties properties = new AMQP.BasicProperties.Builder()
                .contentType("application/json")
                .contentEncoding("utf-8")
                .correlationId(id)
                .expiration(LIFE_MILLISECONDS)
                .headers(Map.of(
                        "lang", "py", "task", TASK, "id", id, "root_id", id, "argsrepr", "()", "kwargsrepr", "{}"))
                .build();
        channel.basicPublish("", work.target(), properties, NOTHING);
        published++;
    }

    private boolean drained(Channel channel) throws IOException, InterruptedException {
        long end = System.nanoTime() + DRAINING.toNanos();
        while (waiting(channel) > 0) {
            if (System.nanoTime() > end || ended) {
                return false;
            }
            Thread.sleep(PAUSE_MILLISECONDS);
        }
        return true;
    }

    /** Nothing is to be removed: what waits in the queue does nothing, and goes by itself. */
    @Override
    public void cleanUp() {
        ended = true;
    }
}
