package dev.prodstack.backup.prune;

import dev.prodstack.core.value.ByteSize;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much may stay that is unused, in packs that also hold what is used: freeing it costs rewriting those. */
public sealed interface Allowance {
    /** What restic allows. */
    Allowance STANDARD = new Share(5);

    /** How many bytes may stay unused beside so many used ones. */
    long bytes(long used);

    /**
     * Reads {@code 5%}, {@code 2GB}, {@code 0} or {@code unlimited}.
     *
     * @throws IllegalArgumentException if the text is none of these
     */
    static Allowance parse(String text) {
        if (text.equals("unlimited")) {
            return new Unlimited();
        }
        Matcher share = Pattern.compile("([0-9]{1,2}(?:\\.[0-9]{1,6})?)%").matcher(text);
        if (share.matches()) {
            return new Share(Double.parseDouble(share.group(1)));
        }
        if (text.equals("0")) {
            return new Size(new ByteSize(0));
        }
        return new Size(ByteSize.parse(text));
    }

    /**
     * A part of the whole.
     *
     * @param percent of what is there afterwards, 0 to below 100
     */
    record Share(double percent) implements Allowance {
        /** Checks the bounds. */
        public Share {
            if (!(percent >= 0 && percent < 100)) {
                throw new IllegalArgumentException("a share is 0 % or more and below 100 %, not " + percent);
            }
        }

        @Override
        public long bytes(long used) {
            return (long) (used * (percent / (100 - percent)));
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%s %%", percent);
        }
    }

    /**
     * So much.
     *
     * @param size how much
     */
    record Size(ByteSize size) implements Allowance {
        @Override
        public long bytes(long used) {
            return size.bytes();
        }

        @Override
        public String toString() {
            return size.toString();
        }
    }

    /** Only packs of which nothing is used are removed. */
    record Unlimited() implements Allowance {
        @Override
        public long bytes(long used) {
            return Long.MAX_VALUE;
        }

        @Override
        public String toString() {
            return "unlimited";
        }
    }
}
