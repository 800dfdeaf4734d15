package dev.prodstack.load.work;

import dev.prodstack.load.check.Check;
import dev.prodstack.load.check.Figure;
import dev.prodstack.load.check.LoadWork;
import dev.prodstack.load.output.WrkOutput;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Requests to every task of a service at the same time. */
final class HttpLoad implements Load {
    private static final Pattern TARGET = Pattern.compile("(https?):(\\d+)(/\\S*)");

    private final LoadWork work;
    private final Programs programs = new Programs(Map.of());

    HttpLoad(LoadWork work) {
        this.work = work;
    }

    @Override
    public Figure run() throws IOException, InterruptedException {
        Matcher target = TARGET.matcher(work.target());
        if (!target.matches()) {
            throw new IOException("expected a target like https:443/, not \"" + work.target() + "\"");
        }
        List<String> tasks = tasks(work.host());
        List<List<String>> commands = new ArrayList<>();
        for (String task : tasks) {
            commands.add(List.of(
                    "wrk",
                    "-t1",
                    "-c" + Math.max(1, work.connections() / tasks.size()),
                    "-d" + work.length().toSeconds() + "s",
                    "--timeout",
                    "10s",
                    "--latency",
                    "-H",
                    "Host: " + work.host(),
                    target.group(1) + "://" + task + ":" + target.group(2) + target.group(3)));
        }
        return figure(programs.runAll(commands).stream().map(WrkOutput::of).toList());
    }

    private Figure figure(List<WrkOutput> outputs) {
        double rate = outputs.stream().mapToDouble(WrkOutput::rate).sum();
        String slowest = outputs.stream().map(WrkOutput::slowest).sorted().reduce("", (earlier, later) -> later);
        String detail = String.format(
                Locale.ROOT,
                "%,d requests to %d task%s, 99 %% within %s",
                outputs.stream().mapToLong(WrkOutput::requests).sum(),
                outputs.size(),
                outputs.size() == 1 ? "" : "s",
                slowest);
        return new Figure(
                work.check() == Check.BACKEND ? rate / outputs.size() : rate,
                outputs.stream().mapToLong(WrkOutput::failures).sum(),
                detail);
    }

    /** Swarm's DNS lists the addresses of a service's tasks under a name of its own; elsewhere the host's are taken. */
    private static List<String> tasks(String host) throws IOException {
        for (String name : List.of("tasks." + host, host)) {
            List<String> addresses = addresses(name);
            if (!addresses.isEmpty()) {
                return addresses;
            }
        }
        throw new IOException("there is no " + host + " on the networks of this job: has it a healthy task?");
    }

    private static List<String> addresses(String name) {
        try {
            return Stream.of(InetAddress.getAllByName(name))
                    .filter(Inet4Address.class::isInstance)
                    .map(InetAddress::getHostAddress)
                    .toList();
        } catch (UnknownHostException e) {
            return List.of();
        }
    }

    @Override
    public void cleanUp() {
        programs.end();
    }
}
