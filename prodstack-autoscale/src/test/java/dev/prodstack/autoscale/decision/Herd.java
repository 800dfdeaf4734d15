package dev.prodstack.autoscale.decision;

import dev.prodstack.autoscale.decision.Replica.Readiness;
import dev.prodstack.autoscale.decision.Replica.State;
import dev.prodstack.autoscale.decision.Replica.Status;
import dev.prodstack.autoscale.decision.Requests.Container;
import dev.prodstack.autoscale.decision.Requests.Share;
import dev.prodstack.core.value.ByteSize;
import dev.prodstack.core.value.CpuCount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Replicas and their samples, read from a line of text. One word for each replica, {@code 3*} before a word for three
 * of them:
 *
 * <pre>
 * 300/1000            uses 300 thousandths of the 1000 it is given (CPUs or bytes, reservation and limit alike)
 * 300                 uses 300 thousandths and is given nothing
 * 200+100/500+500     the same in two containers
 * -/1000              no sample; nan/1000 and inf/1000 have one that is no number
 * :pending :failed :deleting :replacing     the state, running otherwise
 * :started=20         seconds before now, an hour otherwise; :started=never
 * :ready=20           ready since, an hour otherwise; :unready=20; :ready=never
 * :sampled=20         the sample's age in seconds, 0 otherwise
 * :window=60          the sample's window in seconds, 0 otherwise
 * </pre>
 */
record Herd(List<Replica> replicas, Measurement samples) {
    private static final int HOUR = 3_600;

    static Herd of(String text) {
        List<String> words = new ArrayList<>();
        for (String word : text.isBlank() ? new String[0] : text.strip().split(" +", -1)) {
            int star = word.indexOf('*');
            int times = star < 0 ? 1 : Integer.parseInt(word.substring(0, star));
            for (int i = 0; i < times; i++) {
                words.add(word.substring(star + 1));
            }
        }
        Measurement.PerReplica.Builder samples = Measurement.perReplica(words.size());
        List<Replica> replicas = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String[] parts = words.get(i).split(":", -1);
            replicas.add(replica(parts));
            sample(samples, i, parts);
        }
        return new Herd(replicas, samples.build());
    }

    private static Replica replica(String[] parts) {
        State state = State.RUNNING;
        Optional<Instant> started = ago(HOUR);
        Optional<Readiness> readiness = ago(HOUR).map(since -> new Readiness(Status.READY, since));
        for (String part : List.of(parts).subList(1, parts.length)) {
            String value = part.substring(part.indexOf('=') + 1);
            if (part.startsWith("started")) {
                started = instant(value);
            } else if (part.startsWith("ready")) {
                readiness = instant(value).map(since -> new Readiness(Status.READY, since));
            } else if (part.startsWith("unready")) {
                readiness = instant(value).map(since -> new Readiness(Status.UNREADY, since));
            } else if (!part.startsWith("sampled") && !part.startsWith("window")) {
                state = State.valueOf(part.toUpperCase(Locale.ROOT));
            }
        }
        return new Replica(state, started, readiness, requests(parts[0]));
    }

    private static Requests requests(String word) {
        int slash = word.indexOf('/');
        if (slash < 0) {
            return Requests.of(new Container(Share.none(), Share.none()));
        }
        List<Container> containers = new ArrayList<>();
        for (String given : word.substring(slash + 1).split("\\+", -1)) {
            Share share = given.equals("-")
                    ? Share.none()
                    : Share.of(
                            new CpuCount(Long.parseLong(given) * 1_000_000),
                            new ByteSize(Long.parseLong(given) / 1_000));
            containers.add(new Container(share, share));
        }
        return new Requests(containers);
    }

    private static void sample(Measurement.PerReplica.Builder samples, int replica, String[] parts) {
        Instant at = Draft.NOW;
        Duration window = Duration.ZERO;
        for (String part : parts) {
            String value = part.substring(part.indexOf('=') + 1);
            if (part.startsWith("sampled")) {
                at = instant(value).orElseThrow();
            } else if (part.startsWith("window")) {
                window = Duration.ofSeconds(Long.parseLong(value));
            }
        }
        String used = parts[0].split("/", -1)[0];
        for (String one : used.equals("-") ? new String[0] : used.split("\\+", -1)) {
            samples.add(replica, number(one), at, window);
        }
    }

    private static double number(String text) {
        return switch (text) {
            case "nan" -> Double.NaN;
            case "inf" -> Double.POSITIVE_INFINITY;
            default -> Long.parseLong(text) / 1_000d;
        };
    }

    private static Optional<Instant> instant(String secondsAgo) {
        return secondsAgo.equals("never") ? Optional.empty() : ago(Double.parseDouble(secondsAgo));
    }

    private static Optional<Instant> ago(double seconds) {
        return Optional.of(Draft.NOW.minusMillis(Math.round(seconds * 1_000)));
    }
}
