package dev.prodstack.load;

import dev.prodstack.load.check.Check;
import dev.prodstack.load.check.LoadWork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The checks that are to be made, in their order.
 *
 * @param loads one for each check
 */
public record LoadPlan(List<Planned> loads) {
    /** What a check may be told otherwise than it is used to. */
    public static final List<String> KEYS = List.of("service", "target", "user", "secret", "connections");

    /** Copies the list. */
    public LoadPlan {
        loads = List.copyOf(loads);
    }

    /**
     * One check.
     *
     * @param work what its job does
     * @param secret the secret with the password, by its name in the stack or the cluster; empty where none is needed
     */
    public record Planned(LoadWork work, String secret) {
        /** What is checked. */
        public Check check() {
            return work.check();
        }
    }

    /** How a check is made where nobody says otherwise: as for the reference stack. */
    private record Usual(String target, String user, String secret, int connections) {
        static Usual of(Check check) {
            return switch (check) {
                case NGINX -> new Usual("https:443/", "", "", 32);
                case REDIS, REDIS_PIPELINED -> new Usual("", "", "redis_password", 50);
                case POSTGRES -> new Usual("postgres", "postgres", "postgres_password", 0);
                case WORKER -> new Usual("celery", "shop", "rabbitmq_password", 1);
                case BACKEND -> new Usual("http:8000/api/products", "", "", 8);
            };
        }
    }

    /**
     * Plans checks.
     *
     * @param checks which
     * @param promises what is promised where that is not the usual
     * @param settings what is otherwise than usual, by check and key such as {@code postgres.user}
     * @param length how long each loads
     * @throws IllegalArgumentException if a setting makes no sense; the message names it
     */
    public static LoadPlan of(
            Set<Check> checks, Map<Check, Double> promises, Map<String, String> settings, Duration length) {
        Map<String, String> unused = new TreeMap<>(settings);
        List<Planned> loads = new ArrayList<>();
        for (Check check : Check.values()) {
            Usual usual = Usual.of(check);
            double promise = promises.getOrDefault(check, check.promise());
            String word = check.word() + ".";
            String host = taken(unused, word + "service", check.service());
            String target = taken(unused, word + "target", usual.target());
            String user = taken(unused, word + "user", usual.user());
            String secret = taken(unused, word + "secret", usual.secret());
            String many = usual.connections() == 0 ? Long.toString(Math.round(promise)) : "" + usual.connections();
            int connections = number(word + "connections", taken(unused, word + "connections", many));
            if (checks.contains(check)) {
                loads.add(new Planned(new LoadWork(check, host, user, target, connections, length, promise), secret));
            }
        }
        if (!unused.isEmpty()) {
            throw new IllegalArgumentException("there is nothing to set that is called "
                    + unused.keySet().iterator().next());
        }
        return new LoadPlan(loads);
    }

    private static String taken(Map<String, String> settings, String key, String usual) {
        String value = settings.remove(key);
        return value == null ? usual : value;
    }

    private static int number(String key, String value) {
        if (!value.matches("[1-9]\\d{0,4}")) {
            throw new IllegalArgumentException(key + " is a number from 1 to 99999, not \"" + value + "\"");
        }
        return Integer.parseInt(value);
    }
}
