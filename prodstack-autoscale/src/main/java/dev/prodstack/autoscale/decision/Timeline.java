package dev.prodstack.autoscale.decision;

import java.util.Arrays;

/** Whole numbers with their times, in two columns, in any order. */
final class Timeline {
    static final Timeline EMPTY = new Timeline(new long[0], new int[0]);

    private final long[] times;
    private final int[] numbers;

    private Timeline(long[] times, int[] numbers) {
        this.times = times;
        this.numbers = numbers;
    }

    static Timeline of(long[] times, int[] numbers) {
        return times.length == 0 ? EMPTY : new Timeline(times.clone(), numbers.clone());
    }

    int size() {
        return times.length;
    }

    long time(int index) {
        return times[index];
    }

    int number(int index) {
        return numbers[index];
    }

    /** The latest time, {@link Nanos#NONE} if there is none. */
    long newest() {
        long newest = Nanos.NONE;
        for (long time : times) {
            newest = Math.max(newest, time);
        }
        return newest;
    }

    /** The largest of a number and those after a time. */
    int largestAfter(long time, int atLeast) {
        int largest = atLeast;
        for (int i = 0; i < times.length; i++) {
            if (times[i] > time && numbers[i] > largest) {
                largest = numbers[i];
            }
        }
        return largest;
    }

    /** The smallest of a number and those after a time. */
    int smallestAfter(long time, int atMost) {
        int smallest = atMost;
        for (int i = 0; i < times.length; i++) {
            if (times[i] > time && numbers[i] < smallest) {
                smallest = numbers[i];
            }
        }
        return smallest;
    }

    /** The sum of the numbers after a time. */
    long sumAfter(long time) {
        long sum = 0;
        for (int i = 0; i < times.length; i++) {
            if (times[i] > time) {
                sum += numbers[i];
            }
        }
        return sum;
    }

    /** This and one more. */
    Timeline plus(long time, int number) {
        long[] longerTimes = Arrays.copyOf(times, times.length + 1);
        int[] longerNumbers = Arrays.copyOf(numbers, numbers.length + 1);
        longerTimes[times.length] = time;
        longerNumbers[numbers.length] = number;
        return new Timeline(longerTimes, longerNumbers);
    }

    /** This without what is before a time. */
    Timeline since(long oldest) {
        int kept = 0;
        for (long time : times) {
            kept += time >= oldest ? 1 : 0;
        }
        if (kept == times.length) {
            return this;
        }
        long[] keptTimes = new long[kept];
        int[] keptNumbers = new int[kept];
        int next = 0;
        for (int i = 0; i < times.length; i++) {
            if (times[i] >= oldest) {
                keptTimes[next] = times[i];
                keptNumbers[next] = numbers[i];
                next++;
            }
        }
        return new Timeline(keptTimes, keptNumbers);
    }

    /** The same numbers at other times, all moved by a span. */
    Timeline shiftedBy(long span) {
        long[] shifted = new long[times.length];
        for (int i = 0; i < times.length; i++) {
            shifted[i] = Nanos.plus(times[i], span);
        }
        return new Timeline(shifted, numbers);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Timeline that
                && Arrays.equals(times, that.times)
                && Arrays.equals(numbers, that.numbers);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(times) + Arrays.hashCode(numbers);
    }
}
