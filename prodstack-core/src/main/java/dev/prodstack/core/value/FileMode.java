package dev.prodstack.core.value;

import java.util.regex.Pattern;

/**
 * Permission bits of a file, with set-id and sticky bits.
 *
 * @param bits the mode, 0 to 07777
 */
public record FileMode(int bits) {
    private static final Pattern OCTAL = Pattern.compile("(0o?)?[0-7]{1,5}");

    /** Checks the range. */
    public FileMode {
        if (bits < 0 || bits > 07777) {
            throw new IllegalArgumentException("expected a file mode between 0000 and 07777");
        }
    }

    /**
     * Reads an octal mode such as {@code 0440}, {@code 0o440} or {@code 440}.
     *
     * @throws IllegalArgumentException if the text is no octal mode
     */
    public static FileMode parseOctal(String text) {
        if (!OCTAL.matcher(text).matches()) {
            throw new IllegalArgumentException("expected an octal file mode such as 0440");
        }
        return new FileMode(Integer.parseInt(text.replaceFirst("^0o", ""), 8));
    }

    /** Four octal digits or more, with a leading zero: {@code 0440}. */
    @Override
    public String toString() {
        return String.format("%04o", bits);
    }
}
