package dev.prodstack.load.check;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a stack promises, one figure each. */
public enum Check {
    /** The page, through nginx and the frontend. */
    NGINX("nginx", "nginx", "frontend", "requests/s", 10_000, "wrk asks each task for a page over TLS"),
    /** Small values written and read, one command after the other on each of 50 connections. */
    REDIS("redis", "redis", "", "operations/s", 100_000, "redis-benchmark sets and gets, one by one"),
    /** The same, 16 commands sent at a time. */
    REDIS_PIPELINED(
            "redis-pipelined", "redis", "", "operations/s", 100_000, "redis-benchmark sets and gets, 16 at a time"),
    /** Sessions that all write at the same time. */
    POSTGRES("postgres", "postgres", "", "connections", 200, "pgbench, in a database of its own"),
    /** Tasks of Celery that do nothing, from being published to being taken. */
    WORKER("worker", "rabbitmq", "worker", "tasks/s", 100, "tasks that do nothing, into the workers' queue"),
    /** Requests that need the cache or the database. */
    BACKEND("backend", "backend", "", "requests/s per replica", 10, "wrk asks each task past nginx");

    private final String word;
    private final String service;
    private final String other;
    private final String unit;
    private final double promise;
    private final String means;

    Check(String word, String service, String other, String unit, double promise, String means) {
        this.word = word;
        this.service = service;
        this.other = other;
        this.unit = unit;
        this.promise = promise;
        this.means = means;
    }

    /** Its name on the command line. */
    public String word() {
        return word;
    }

    /** The service that is asked, by its usual name in the Compose file. */
    public String service() {
        return service;
    }

    /** The service that the load goes on to; empty where it goes no further. */
    public String other() {
        return other;
    }

    /** What is counted. */
    public String unit() {
        return unit;
    }

    /** How much is promised, where nobody says otherwise. */
    public double promise() {
        return promise;
    }

    /** How it is measured, in a few words. */
    public String means() {
        return means;
    }

    /** The check of that name. */
    public static Optional<Check> named(String word) {
        return Stream.of(values()).filter(check -> check.word.equals(word)).findFirst();
    }

    /** The names of all, in their order. */
    public static List<String> words() {
        return Stream.of(values()).map(Check::word).toList();
    }
}
