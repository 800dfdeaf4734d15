package dev.prodstack.backup.chunk;

import java.util.random.RandomGenerator;

/**
 * A polynomial over GF(2); bit n is the coefficient of x^n. A repository has one of its own, irreducible and of degree
 * 53, so that boundaries do not tell what is stored.
 *
 * @param bits the coefficients
 */
public record Polynomial(long bits) {
    /** The degree of every repository's. */
    public static final int DEGREE = 53;

    /** Reads hexadecimal digits, and checks that it is fit for chunking. */
    public static Polynomial parse(String hex) {
        Polynomial read = new Polynomial(Long.parseUnsignedLong(hex, 16));
        if (read.degree() != DEGREE || !read.irreducible()) {
            throw new IllegalArgumentException("no irreducible polynomial of degree 53: " + hex);
        }
        return read;
    }

    /** An irreducible one by chance; about one of 27 is. */
    public static Polynomial random(RandomGenerator chance) {
        while (true) {
            long low = chance.nextLong() & ((1L << DEGREE) - 1);
            Polynomial drawn = new Polynomial((1L << DEGREE) | low | 1);
            if (drawn.irreducible()) {
                return drawn;
            }
        }
    }

    /** The highest power that occurs; -1 of zero. */
    public int degree() {
        return 63 - Long.numberOfLeadingZeros(bits);
    }

    /** Ben-Or's test: no x^(2^i) - x up to half the degree has a factor in common with it. */
    boolean irreducible() {
        long power = 2;
        for (int i = 1; i <= degree() / 2; i++) {
            power = multiply(power, power);
            if (gcd(bits, power ^ 2) != 1) {
                return false;
            }
        }
        return degree() > 0;
    }

    /** What is left of a value after division. */
    long remainder(long value) {
        int degree = degree();
        long left = value;
        for (int at = 63 - Long.numberOfLeadingZeros(left); at >= degree; at = 63 - Long.numberOfLeadingZeros(left)) {
            left ^= bits << (at - degree);
        }
        return left;
    }

    private long multiply(long left, long right) {
        long product = 0;
        long shifted = remainder(left);
        for (long rest = right; rest != 0; rest >>>= 1) {
            if ((rest & 1) != 0) {
                product ^= shifted;
            }
            shifted = remainder(shifted << 1);
        }
        return product;
    }

    private static long gcd(long left, long right) {
        long a = left;
        long b = right;
        while (b != 0) {
            long rest = new Polynomial(b).remainder(a);
            a = b;
            b = rest;
        }
        return a;
    }

    /** As the repository's configuration has it. */
    @Override
    public String toString() {
        return Long.toHexString(bits);
    }
}
