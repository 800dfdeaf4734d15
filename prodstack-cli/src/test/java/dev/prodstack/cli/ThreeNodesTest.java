package dev.prodstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prodstack.cli.LiveProcess.Ended;
import dev.prodstack.swarm.Connection;
import dev.prodstack.swarm.Swarm;
import dev.prodstack.swarm.status.StackStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What happens to a deploy when nodes, leaders, majorities and connections are lost during it, on three nodes. Each
 * round ends converged, or with a truthful error after which the same command converges.
 */
@Tag("engine")
@Timeout(7200)
class ThreeNodesTest {
    private static final int ROUNDS = "full".equals(System.getProperty("prodstack.tier")) ? 20 : 1;
    private static final String SHOP = """
            name: shop
            services:
              base:
                image: IMAGE
                command: [sleep, "10000"]
                init: true
                stop_grace_period: 1s
                environment: {VERSION: "NUMBER"}
                healthcheck: {test: [CMD, "true"], interval: 1s}
                deploy: {replicas: 3, endpoint_mode: dnsrr, update_config: {parallelism: 1, order: start-first, monitor: 1s}}
                networks: [core]
              web:
                image: IMAGE
                command: [sleep, "10000"]
                init: true
                stop_grace_period: 1s
                environment: {VERSION: "NUMBER"}
                depends_on: [base]
                configs: [conf]
                healthcheck: {test: [CMD, "true"], interval: 1s}
                deploy: {replicas: 3, endpoint_mode: dnsrr, update_config: {parallelism: 1, order: start-first, monitor: 1s}}
                networks: [core]
            networks: {core: {driver: overlay}}
            configs: {conf: {content: "conf NUMBER"}}
            """;

    @TempDir
    private Path directory = Path.of("");

    private final Random random = new Random(Long.getLong("prodstack.seed", System.nanoTime()));
    private final List<String> table = new ArrayList<>();
    private int version;

    private interface Harm {
        void to(OwnLab nodes) throws Exception;
    }

    /**
     * What goes wrong.
     *
     * @param name in the table
     * @param host where the deploy is connected to
     * @param harm done at a moment of the deploy
     * @param mending done while the deploy may still be at it
     */
    private record Case(String name, String host, Harm harm, Harm mending) {}

    @Test
    void everyRoundEndsConvergedOrSaysWhatToDo() throws Exception {
        LabVariable.of("PRODSTACK_TEST_DOCKER_HOST");
        try (OwnLab nodes = new OwnLab(3)) {
            String image = nodes.image();
            write(image);
            assertThat(run(nodes.host("n1"), "deploy").code()).isZero();
            for (int round = 1; round <= ROUNDS; round++) {
                for (Case its : cases(nodes)) {
                    write(image);
                    round(nodes, its);
                }
            }
        } finally {
            System.out.printf(
                    Locale.ROOT,
                    "%-28s %9s  %-11s %-60s %s%n%s%n",
                    "what happened",
                    "after ms",
                    "first",
                    "its last message",
                    "again",
                    String.join("\n", table));
        }
    }

    private static List<Case> cases(OwnLab nodes) {
        String leader = leader(nodes);
        List<String> others = new ArrayList<>(List.of("n1", "n2", "n3"));
        others.remove(leader);
        String mine = others.get(0);
        String other = others.get(1);
        return List.of(
                new Case("a node is lost", nodes.host(mine), its -> its.lab("kill", other), its -> {}),
                new Case("the leader is killed", nodes.host(mine), its -> its.lab("kill", leader), its -> {}),
                new Case(
                        "a node is cut off and back",
                        nodes.host(mine),
                        its -> its.lab("partition", other),
                        its -> its.lab("heal")),
                new Case(
                        "quorum is lost and back",
                        nodes.host(mine),
                        its -> {
                            its.lab("kill", leader);
                            its.lab("kill", other);
                        },
                        its -> its.lab("heal")),
                new Case("the connection is cut", "", its -> {}, its -> {}));
    }

    private static String leader(OwnLab nodes) {
        try (Swarm swarm = Swarm.connect(Connection.fromEnvironment().to(nodes.host("n1")))) {
            return swarm.nodes().leader().orElse("n1");
        }
    }

    private void write(String image) throws IOException {
        version++;
        Files.writeString(
                directory.resolve("compose.yaml"),
                SHOP.replace("IMAGE", image).replace("NUMBER", Integer.toString(version)));
    }

    private CommandRun.Outcome run(String host, String... arguments) {
        return CommandRun.in(directory).env("DOCKER_HOST", host).run(arguments);
    }

    private void round(OwnLab nodes, Case its) throws Exception {
        int moment = random.nextInt(8_000);
        Relay relay = new Relay(nodes.host("n1").replaceFirst("^unix://", ""));
        LiveProcess deploy = LiveProcess.start(directory, its.host().isEmpty() ? relay.host() : its.host(), "deploy");
        while (deploy.messages().isEmpty() && !deploy.endsWithin(20)) {
            // It reads, asks and plans.
        }
        deploy.endsWithin(moment);
        its.harm().to(nodes);
        relay.close();
        its.mending().to(nodes);
        Ended first = deploy.ended();
        String last = first.err().lines().reduce((a, b) -> b).orElse("");
        assertThat(first.code())
                .as("%s: %s%s", its.name(), first.out(), first.err())
                .isIn(0, 1, 4, 5, 7);
        if (first.code() != 0) {
            assertThat(first.err()).contains("error: ").contains("fix: ");
        }
        nodes.lab("heal");
        String somewhere = nodes.host("n1");
        CommandRun.Outcome again = run(somewhere, "deploy", "--lock-timeout", "60s");
        assertThat(again.code())
                .as("%s, again: %s%s", its.name(), again.out(), again.err())
                .isZero();
        converged(somewhere);
        table.add(String.format(
                Locale.ROOT,
                "%-28s %9d  %-11s %-60s %s",
                its.name(),
                moment,
                first.code() == 0 ? "converged" : "exit " + first.code(),
                last,
                again.out().lines().reduce((a, b) -> b).orElse("")));
    }

    private void converged(String host) throws InterruptedException {
        assertThat(run(host, "plan", "--detailed-exitcode").code()).isZero();
        try (Swarm swarm = Swarm.connect(Connection.fromEnvironment().to(host))) {
            // A node that is back may lose a task or two more, which Swarm replaces by itself.
            long end = System.nanoTime() + Duration.ofMinutes(3).toNanos();
            StackStatus status = swarm.status("shop");
            while (!status.asWanted() && System.nanoTime() < end) {
                Thread.sleep(500);
                status = swarm.status("shop");
            }
            assertThat(status.asWanted()).as(status.toString()).isTrue();
        }
    }

    /** Between a command and a node's engine, until it is closed. */
    private static final class Relay implements AutoCloseable {
        private final ServerSocketChannel door = ServerSocketChannel.open();
        private final List<SocketChannel> open = new ArrayList<>();

        Relay(String socket) throws IOException {
            door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Thread thread = new Thread(() -> accept(socket), "relay");
            thread.setDaemon(true);
            thread.start();
        }

        String host() throws IOException {
            return "tcp:/" + door.getLocalAddress();
        }

        private void accept(String socket) {
            try {
                while (true) {
                    SocketChannel client = door.accept();
                    SocketChannel engine = SocketChannel.open(UnixDomainSocketAddress.of(socket));
                    keep(client, engine);
                    pass(client, engine);
                    pass(engine, client);
                }
            } catch (IOException e) {
                // It was closed.
            }
        }

        private synchronized void keep(SocketChannel... channels) {
            open.addAll(List.of(channels));
        }

        private static void pass(SocketChannel from, SocketChannel to) {
            Thread thread = new Thread(
                    () -> {
                        ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);
                        try (from;
                                to) {
                            while (from.read(buffer) >= 0) {
                                buffer.flip();
                                while (buffer.hasRemaining()) {
                                    to.write(buffer);
                                }
                                buffer.clear();
                            }
                        } catch (IOException e) {
                            // Either side was closed.
                        }
                    },
                    "relay");
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public synchronized void close() throws IOException {
            door.close();
            for (SocketChannel channel : open) {
                channel.close();
            }
        }
    }
}
