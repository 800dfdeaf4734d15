package dev.prodstack.backup.redis;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a server holds, in a form that can be compared: the sum, modulo 2^256, of the SHA-256 of each key with its
 * database, kind, value and the moment at which it ends. It depends neither on the order of keys nor on that of the
 * members of sets and hashes, nor on how the server keeps them.
 *
 * @param keys how many
 * @param left how many were left out, as they end soon
 * @param digest of these, in lower-case hex
 */
record KeysDigest(long keys, long left, String digest) {
    private static final int BATCH = 500;
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

    /** Of all databases, but for keys that end before a moment. */
    static KeysDigest of(RedisConnection redis, Instant soon) throws IOException {
        long keys = 0;
        long left = 0;
        BigInteger sum = BigInteger.ZERO;
        for (int database : RedisRestore.databases(redis)) {
            redis.ask("choose the database " + database, "SELECT", Integer.toString(database));
            String cursor = "0";
            do {
                List<?> page = (List<?>) redis.ask("list keys", "SCAN", cursor, "COUNT", Integer.toString(BATCH));
                cursor = text(page.get(0));
                List<Key> found = keys(redis, (List<?>) page.get(1));
                left += found.stream().filter(key -> key.endsBefore(soon)).count();
                List<Key> lasting =
                        found.stream().filter(key -> !key.endsBefore(soon)).toList();
                for (Key key : lasting) {
                    redis.send(key.question());
                }
                for (Key key : lasting) {
                    byte[] value = key.canonical(redis.answer("read a key"));
                    sum = sum.add(key.digest(database, value)).mod(MODULUS);
                    keys++;
                }
            } while (!cursor.equals("0"));
        }
        return new KeysDigest(keys, left, String.format("%064x", sum));
    }

    private static List<Key> keys(RedisConnection redis, List<?> names) throws IOException {
        for (Object name : names) {
            redis.send(List.of(RedisRestore.ascii("TYPE"), (byte[]) name));
            redis.send(List.of(RedisRestore.ascii("PEXPIRETIME"), (byte[]) name));
        }
        List<Key> keys = new ArrayList<>();
        for (Object name : names) {
            String kind = text(redis.answer("read a key's kind"));
            long ends = Long.parseLong(text(redis.answer("read a key's time to live")));
            if (!kind.equals("none")) {
                keys.add(new Key((byte[]) name, kind, ends));
            }
        }
        return keys;
    }

    private static String text(Object answer) {
        return answer instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(answer);
    }

    /** One key; {@code ends} is a moment in milliseconds, or below zero. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Key(byte[] name, String kind, long ends) {
        boolean endsBefore(Instant moment) {
            return ends >= 0 && ends < moment.toEpochMilli();
        }

        List<byte[]> question() {
            return switch (kind) {
                case "string" -> words("GET");
                case "list" -> words("LRANGE", "0", "-1");
                case "set" -> words("SMEMBERS");
                case "zset" -> words("ZRANGE", "0", "-1", "WITHSCORES");
                case "hash" -> words("HGETALL");
                case "stream" -> words("XRANGE", "-", "+");
                default -> words("DUMP");
            };
        }

        private List<byte[]> words(String command, String... more) {
            List<byte[]> words = new ArrayList<>(List.of(RedisRestore.ascii(command), name));
            Arrays.stream(more).map(RedisRestore::ascii).forEach(words::add);
            return words;
        }

        /** The value as bytes that depend on nothing but the value. */
        byte[] canonical(Object answer) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            if (!(answer instanceof List<?> list)) {
                return bytes(answer);
            }
            int group = kind.equals("hash") ? 2 : 1;
            List<byte[]> parts = new ArrayList<>();
            for (int at = 0; at + group <= list.size(); at += group) {
                ByteArrayOutputStream part = new ByteArrayOutputStream();
                list.subList(at, at + group).forEach(one -> frame(part, bytes(one)));
                parts.add(part.toByteArray());
            }
            if (kind.equals("set") || kind.equals("hash")) {
                parts.sort(Arrays::compare);
            }
            parts.forEach(part -> frame(out, part));
            return out.toByteArray();
        }

        private static byte[] bytes(Object answer) {
            if (answer instanceof byte[] bytes) {
                return bytes;
            }
            if (answer instanceof List<?> list) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                list.forEach(one -> frame(out, bytes(one)));
                return out.toByteArray();
            }
            return String.valueOf(answer).getBytes(StandardCharsets.UTF_8);
        }

        private static void frame(ByteArrayOutputStream out, byte[] bytes) {
            out.writeBytes((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
            out.writeBytes(bytes);
        }

        BigInteger digest(int database, byte[] value) {
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            frame(whole, Integer.toString(database).getBytes(StandardCharsets.US_ASCII));
            frame(whole, name);
            frame(whole, kind.getBytes(StandardCharsets.UTF_8));
            frame(whole, Long.toString(ends).getBytes(StandardCharsets.US_ASCII));
            frame(whole, value);
            try {
                return new BigInteger(1, MessageDigest.getInstance("SHA-256").digest(whole.toByteArray()));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }
    }
}
