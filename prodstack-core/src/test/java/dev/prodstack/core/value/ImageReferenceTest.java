package dev.prodstack.core.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {
    private static final String DIGEST = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    @ParameterizedTest
    @CsvSource({
        "nginx,,nginx,",
        "nginx:1.27,,nginx,1.27",
        "library/nginx,,library/nginx,",
        "shop/back_end__x/a-b.c,,shop/back_end__x/a-b.c,",
        "localhost/x:1,localhost,x,1",
        "localhost:5000/x,localhost:5000,x,",
        "registry.example.com/shop/api:v1_2-3,registry.example.com,shop/api,v1_2-3",
        "[::1]:5000/x:y,[::1]:5000,x,y",
        "Registry/x,Registry,x,"
    })
    void splitsIntoRegistryPathAndTag(String text, String registry, String path, String tag) {
        ImageReference image = ImageReference.parse(text);

        assertThat(image.registry().orElse(null)).isEqualTo(registry);
        assertThat(image.path()).isEqualTo(path);
        assertThat(image.tag().orElse(null)).isEqualTo(tag);
        assertThat(image).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx@", "nginx:1.27@", "localhost:5000/a/b:c@"})
    void keepsADigest(String name) {
        assertThat(ImageReference.parse(name + DIGEST).digest()).contains(DIGEST);
        assertThat(ImageReference.parse(name + DIGEST)).hasToString(name + DIGEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "UPPER",
                "a:",
                "a:b:c",
                "a b",
                "a//b",
                "/a",
                "a/",
                "-a",
                "a@sha256:12",
                "a@",
                "a:.b",
                "a..b",
                "_a"
            })
    void refusesWhatNoRegistryWouldTake(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageReference.parse(text))
                .withMessageStartingWith("expected");
    }
}
