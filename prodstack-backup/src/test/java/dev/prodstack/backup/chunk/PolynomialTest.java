package dev.prodstack.backup.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolynomialTest {
    /** From the tests of restic's chunker. */
    @ParameterizedTest
    @ValueSource(strings = {"3da3358b4dc173", "2482734cacca49"})
    void irreducibleOnesAreTaken(String hex) {
        assertThat(Polynomial.parse(hex)).hasToString(hex);
    }

    /** From the tests of restic's chunker. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "38f1e565e288df",
                "30a8295b9d5c91",
                "255f4350b962cb",
                "267f776110a235",
                "2f4dae10d41227",
                "312daf4b284899",
                "29dfb6553d01d1",
                "3548245eb26257",
                "3199e7ef4211b3",
                "362f39017dae8b",
                "200d57aa6fdacb",
                "35e0a4efa1d275",
                "2ced55b026577f",
                "260b012010893d",
                "2df29cbcd59e9d",
                "3f2ac7488bd429",
                "3e5cb1711669fb",
                "226d8de57a9959",
                "3c8de80aaf5835",
                "2026a59efb219b",
                "39dfa4d13fb231",
                "3143d0464b3299"
            })
    void reducibleOnesAreRefused(String hex) {
        assertThatThrownBy(() -> Polynomial.parse(hex)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Of the polynomials of degree n over GF(2), the sum over d | n of mu(d) 2^(n/d), by n, are irreducible. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8, 9, 10, 12})
    void asManyAreIrreducibleAsGaussCounted(int degree) {
        long found = IntStream.range(1 << degree, 2 << degree)
                .filter(bits -> new Polynomial(bits).irreducible())
                .count();
        long expected = IntStream.rangeClosed(1, degree)
                        .filter(divisor -> degree % divisor == 0)
                        .mapToLong(divisor -> moebius(divisor) * (1L << (degree / divisor)))
                        .sum()
                / degree;
        assertThat(found).isEqualTo(expected);
    }

    private static int moebius(int number) {
        int rest = number;
        int sign = 1;
        for (int prime = 2; rest > 1; prime++) {
            if (rest % prime == 0) {
                rest /= prime;
                if (rest % prime == 0) {
                    return 0;
                }
                sign = -sign;
            }
        }
        return sign;
    }

    @Test
    void aRandomOneIsFit() {
        Polynomial drawn = Polynomial.random(new Random(1));
        assertThat(Polynomial.parse(drawn.toString())).isEqualTo(drawn);
    }
}
