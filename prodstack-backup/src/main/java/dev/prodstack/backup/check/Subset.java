package dev.prodstack.backup.check;

import dev.prodstack.backup.blob.ContentId;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A share of the packs. Those of different parts are different, and all parts together are everything.
 *
 * @param part which one, from 1
 * @param of how many there are, at most 256
 */
public record Subset(int part, int of) {
    /** Every pack. */
    public static final Subset ALL = new Subset(1, 1);

    private static final Pattern FORM = Pattern.compile("(\\d{1,3}|rotate)/(\\d{1,3})");

    /** Checks the ranges. */
    public Subset {
        if (of < 1 || of > 256 || part < 1 || part > of) {
            throw new IllegalArgumentException("expected a part of up to 256, such as 1/10, not " + part + "/" + of);
        }
    }

    /**
     * Reads {@code 3/10}, or {@code rotate/10} for another part every day.
     *
     * @throws IllegalArgumentException if the text is none of both
     */
    public static Subset parse(String text, LocalDate today) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("expected a part such as 1/10 or rotate/10");
        }
        int of = Integer.parseInt(form.group(2));
        boolean rotating = form.group(1).equals("rotate");
        if (rotating && of > 0) {
            return new Subset((int) Math.floorMod(today.toEpochDay(), (long) of) + 1, of);
        }
        return new Subset(Integer.parseInt(form.group(1)), of);
    }

    /** Whether a pack is in it; as restic chooses. */
    public boolean contains(ContentId pack) {
        return Integer.remainderUnsigned((int) (pack.a() >>> 56), of) == part - 1;
    }
}
