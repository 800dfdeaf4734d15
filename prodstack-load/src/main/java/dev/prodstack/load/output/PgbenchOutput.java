package dev.prodstack.load.output;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What pgbench 14 and later print at the end. Where nothing was committed in time, no rate is among it.
 *
 * @param transactions how many were committed
 * @param failed how many failed
 * @param rate how many were committed each second, without the time that connecting took
 */
public record PgbenchOutput(long transactions, long failed, double rate) {
    private static final Pattern TRANSACTIONS =
            Pattern.compile("(?m)^number of transactions actually processed: (\\d+)");
    private static final Pattern FAILED = Pattern.compile("(?m)^number of failed transactions: (\\d+)");
    private static final Pattern RATE = Pattern.compile("(?m)^tps = ([\\d.]+)");

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static PgbenchOutput of(String text) {
        Matcher transactions = TRANSACTIONS.matcher(text);
        Matcher rate = RATE.matcher(text);
        if (!transactions.find()) {
            throw new IllegalArgumentException("pgbench did not say how much it did: " + text.strip());
        }
        Matcher failed = FAILED.matcher(text);
        return new PgbenchOutput(
                Long.parseLong(transactions.group(1)),
                failed.find() ? Long.parseLong(failed.group(1)) : 0,
                rate.find() ? Double.parseDouble(rate.group(1)) : 0);
    }

    /**
     * How many clients did work, by what pgbench logs of each transaction: the client's number stands first, and of
     * transactions that failed the time is a word.
     */
    public static long clients(Stream<String> log) {
        Set<String> clients = new HashSet<>();
        log.map(line -> line.split(" ", -1))
                .filter(words -> words.length > 2 && words[2].matches("\\d+"))
                .forEach(words -> clients.add(words[0]));
        return clients.size();
    }
}
