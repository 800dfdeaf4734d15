package dev.prodstack.backup.forget;

import java.time.OffsetDateTime;
import java.time.temporal.IsoFields;

/** What one snapshot each is kept of, by the calendar of the place where the snapshot was made. */
public enum Period {
    /** Every snapshot is its own. */
    LAST("last", "last snapshot") {
        @Override
        long of(OffsetDateTime time, int number) {
            return number;
        }
    },
    /** The hour. */
    HOURLY("hourly", "hourly snapshot") {
        @Override
        long of(OffsetDateTime time, int number) {
            return DAILY.of(time, number) * 100 + time.getHour();
        }
    },
    /** The day. */
    DAILY("daily", "daily snapshot") {
        @Override
        long of(OffsetDateTime time, int number) {
            return MONTHLY.of(time, number) * 100 + time.getDayOfMonth();
        }
    },
    /** The week of ISO 8601, from Monday. */
    WEEKLY("weekly", "weekly snapshot") {
        @Override
        long of(OffsetDateTime time, int number) {
            return time.get(IsoFields.WEEK_BASED_YEAR) * 100L + time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
        }
    },
    /** The month. */
    MONTHLY("monthly", "monthly snapshot") {
        @Override
        long of(OffsetDateTime time, int number) {
            return time.getYear() * 100L + time.getMonthValue();
        }
    },
    /** The year. */
    YEARLY("yearly", "yearly snapshot") {
        @Override
        long of(OffsetDateTime time, int number) {
            return time.getYear();
        }
    };

    private final String word;
    private final String reason;

    Period(String word, String reason) {
        this.word = word;
        this.reason = reason;
    }

    /** A number for the period that a snapshot falls in; two in a row with the same number share it. */
    abstract long of(OffsetDateTime time, int number);

    /** Its word, such as {@code daily}. */
    public String word() {
        return word;
    }

    String reason() {
        return reason;
    }
}
