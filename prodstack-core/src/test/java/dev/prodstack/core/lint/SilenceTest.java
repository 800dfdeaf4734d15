package dev.prodstack.core.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SilenceTest {
    private static final String TWO_SERVICES = """
            services:
              a:
                image: shop/a:latest
                x-prodstack: {lint: {ignore: [%s]}}
              b:
                image: shop/b:latest
            networks:
              front:
                driver_opts: {encrypted: ""}
                x-prodstack: {lint: {ignore: [%s]}}
            x-prodstack: {lint: {ignore: [%s]}}
            """;

    @TempDir
    Path directory;

    private List<String> found(String atService, String atNetwork, String atTop, String... rules) {
        return Stacks.check(TWO_SERVICES.formatted(atService, atNetwork, atTop), directory).stream()
                .filter(finding -> List.of(rules).contains(finding.rule().id()))
                .map(finding -> finding.path() + " " + finding.rule())
                .toList();
    }

    @Test
    void nothingIsSilencedUnasked() {
        assertThat(found("", "", "", "moving-tag", "encrypted-network", "unused-ignore"))
                .containsExactly(
                        "services.a.image moving-tag",
                        "services.b.image moving-tag",
                        "networks.front.driver_opts.encrypted encrypted-network");
    }

    @Test
    void aServiceSilencesItself() {
        assertThat(found("moving-tag", "", "", "moving-tag", "unused-ignore"))
                .containsExactly("services.b.image moving-tag");
    }

    @Test
    void aNetworkSilencesItself() {
        assertThat(found("", "encrypted-network, unused-definition", "", "encrypted-network", "unused-ignore"))
                .isEmpty();
    }

    @Test
    void theTopSilencesEverything() {
        assertThat(found("", "", "moving-tag", "moving-tag", "unused-ignore")).isEmpty();
    }

    @Test
    void whatSilencesNothingIsFoundWhereItStands() {
        assertThat(found("encrypted-network", "moving-tag", "health-check-too-slow", "unused-ignore"))
                .containsExactly(
                        "services.a.x-prodstack.lint.ignore unused-ignore",
                        "networks.front.x-prodstack.lint.ignore unused-ignore",
                        "x-prodstack.lint.ignore unused-ignore");
    }

    @Test
    void aSilenceInsideAnotherOneIsNoLeftover() {
        assertThat(found("moving-tag", "", "moving-tag", "moving-tag", "unused-ignore"))
                .isEmpty();
    }

    @Test
    void aRuleThatDoesNotExistIsFoundWithASuggestion() {
        assertThat(Stacks.check(TWO_SERVICES.formatted("moving-tags", "", ""), directory))
                .filteredOn(finding -> finding.rule().id().equals("unused-ignore"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.message()).isEqualTo("there is no rule moving-tags to ignore");
                    assertThat(finding.fix()).isEqualTo("did you mean \"moving-tag\"?");
                    assertThat(finding.position().line()).isEqualTo(4);
                });
    }

    @Test
    void unusedSilencesCanBeSilenced() {
        assertThat(found("health-check-too-slow", "", "unused-ignore", "unused-ignore"))
                .isEmpty();
        assertThat(found("", "", "unused-ignore", "unused-ignore"))
                .containsExactly("x-prodstack.lint.ignore unused-ignore");
    }

    @Test
    void aServiceDoesNotSilenceAnotherOneWhoseNameBeginsLikeItsOwn() {
        assertThat(Stacks.check("""
                services:
                  web:
                    image: shop/web:1.4.2
                    x-prodstack: {lint: {ignore: [moving-tag]}}
                  web2:
                    image: shop/web:latest
                """, directory))
                .extracting(Finding::path, finding -> finding.rule().id())
                .contains(
                        org.assertj.core.groups.Tuple.tuple("services.web2.image", "moving-tag"),
                        org.assertj.core.groups.Tuple.tuple("services.web.x-prodstack.lint.ignore", "unused-ignore"));
    }
}
