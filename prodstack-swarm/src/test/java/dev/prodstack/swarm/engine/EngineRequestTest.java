package dev.prodstack.swarm.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineRequestTest {
    @Test
    void namesCannotLeaveTheirPlace() {
        assertThat(EngineRequest.get("services", "../secrets?x=1#y %é+").target())
                .isEqualTo("/services/..%2Fsecrets%3Fx%3D1%23y%20%25%C3%A9%2B");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", ".."})
    void noNameLeadsToAnotherPath(String name) {
        assertThatThrownBy(() -> EngineRequest.delete("services", name)).hasMessageContaining("name nothing");
    }

    @Test
    void parametersKeepTheirOrderAndAreEncoded() {
        EngineRequest request =
                EngineRequest.get("services").with("status", "true").with("filters", "{\"name\":[\"a&b\"]}");

        assertThat(request.target()).isEqualTo("/services?status=true&filters=%7B%22name%22%3A%5B%22a%26b%22%5D%7D");
    }

    @Test
    void filtersAreJson() {
        assertThat(EngineRequest.get("tasks")
                        .filtered("service", List.of("shop_web", "shop_\"db"))
                        .query())
                .containsExactly(Map.entry("filters", "{\"service\":[\"shop_web\",\"shop_\\\"db\"]}"));
        assertThat(EngineRequest.get("services").labelled("a=b").query())
                .containsExactly(Map.entry("filters", "{\"label\":[\"a=b\"]}"));
    }

    @Test
    void whatMayBeSecretIsNotPrinted() {
        EngineRequest request = EngineRequest.post("services", "create")
                .header("X-Registry-Auth", "c2VjcmV0")
                .with("a", "b");
        assertThat(request.headers()).containsExactly(Map.entry("X-Registry-Auth", "c2VjcmV0"));
        assertThat(request).hasToString("POST /services/create?a=b");
    }
}
