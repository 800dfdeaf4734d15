package dev.prodstack.core.generate;

import dev.prodstack.core.value.Data;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;

/** Draws whole Compose files without a fault, in short and long syntax, with everything they refer to defined. */
public final class StackFileGenerator {
    private static final List<String> KEYS = List.of("a", "b-1", "c_2", "D.3");

    private final Draw draw;

    /** Draws from a source of randomness. */
    public StackFileGenerator(Random random) {
        this.draw = new Draw(random);
    }

    /** The next file. */
    public Data file() {
        List<String> networks = keys();
        List<String> volumes = keys();
        List<String> secrets = keys();
        List<String> configs = keys();
        List<String> services = new ArrayList<>(keys());
        services.add("web");
        Draw.Fields file = draw.fields().maybe("version", () -> Data.of("3.8"));
        file.maybe("name", () -> Data.of("shop-1"));
        Map<String, Data> drawn = new LinkedHashMap<>();
        for (String service : services) {
            List<String> earlier = List.copyOf(drawn.keySet());
            drawn.put(service, new ServiceGenerator(draw, networks, volumes, secrets, configs, earlier).service());
        }
        file.with("services", Data.of(drawn));
        section(file, "networks", networks, this::network);
        section(file, "volumes", volumes, this::volume);
        section(file, "secrets", secrets, () -> payload(this::secretSource));
        section(file, "configs", configs, () -> payload(this::configSource));
        return file.maybe("x-anything", () -> draw.anything(3)).toData();
    }

    private List<String> keys() {
        return KEYS.stream().filter(key -> draw.once(3)).toList();
    }

    private static void section(Draw.Fields file, String name, List<String> keys, Supplier<Data> value) {
        Map<String, Data> values = new LinkedHashMap<>();
        keys.forEach(key -> values.put(key, value.get()));
        if (!values.isEmpty()) {
            file.with(name, Data.of(values));
        }
    }

    private Data network() {
        if (draw.once(4)) {
            return Data.Null.NULL;
        }
        if (draw.once(4)) {
            return external();
        }
        return draw.fields()
                .maybe("name", draw::wordData)
                .maybe("driver", () -> Data.of("overlay"))
                .maybe("driver_opts", this::options)
                .maybe(
                        "ipam",
                        () -> draw.fields()
                                .maybe("driver", () -> Data.of("default"))
                                .maybe(
                                        "config",
                                        () -> draw.list(() -> draw.fields()
                                                .maybe("subnet", () -> Data.of("10.0.0.0/16"))
                                                .maybe("ip_range", () -> Data.of("10.0.1.0/24"))
                                                .maybe("gateway", () -> Data.of("10.0.0.1"))
                                                .maybe(
                                                        "aux_addresses",
                                                        () -> draw.map(draw::word, () -> Data.of("10.0.0.9")))
                                                .toData()))
                                .maybe("options", this::options)
                                .toData())
                .maybe(List.of("internal", "attachable", "enable_ipv4", "enable_ipv6"), draw::bool)
                .maybe("labels", draw::keyValues)
                .maybe("x-own", () -> draw.anything(2))
                .toData();
    }

    private Data volume() {
        if (draw.once(3)) {
            return Data.Null.NULL;
        }
        if (draw.once(4)) {
            return external();
        }
        return draw.fields()
                .maybe("name", draw::wordData)
                .maybe("driver", () -> Data.of("local"))
                .maybe("driver_opts", this::options)
                .maybe("labels", draw::keyValues)
                .maybe("x-cluster-spec", this::clusterSpec)
                .maybe("x-own", () -> draw.anything(2))
                .toData();
    }

    private Data clusterSpec() {
        return draw.fields()
                .maybe("group", draw::textData)
                .maybe("availability", () -> Data.of(draw.of("active", "pause", "drain")))
                .maybe(
                        "capacity_range",
                        () -> draw.fields()
                                .maybe(List.of("required_bytes", "limit_bytes"), draw::size)
                                .toData())
                .maybe("x-own", () -> draw.anything(2))
                .toData();
    }

    private Data external() {
        Draw.Fields fields = draw.fields();
        return draw.once(3)
                ? fields.with(
                                "external",
                                draw.fields().with("name", draw.wordData()).toData())
                        .toData()
                : fields.with("external", Data.of(true))
                        .maybe("name", draw::wordData)
                        .toData();
    }

    private Data options() {
        return draw.map(draw::key, draw::scalar);
    }

    private Data payload(Function<Draw.Fields, Draw.Fields> source) {
        if (draw.once(5)) {
            return external();
        }
        return source.apply(draw.fields())
                .maybe("name", draw::wordData)
                .maybe("labels", draw::keyValues)
                .maybe("template_driver", () -> Data.of("golang"))
                .maybe("x-own", () -> draw.anything(2))
                .toData();
    }

    private Draw.Fields secretSource(Draw.Fields fields) {
        return switch (draw.below(3)) {
            case 0 -> fields.with("file", Data.of(draw.of("./secret", "/etc/secret", "secret")));
            case 1 -> fields.with("environment", Data.of("SECRET"));
            default -> fields.with("driver", draw.wordData()).maybe("driver_opts", this::options);
        };
    }

    private Draw.Fields configSource(Draw.Fields fields) {
        return switch (draw.below(3)) {
            case 0 -> fields.with("file", Data.of(draw.of("./config", "../config", "a/./b/../config")));
            case 1 -> fields.with("environment", Data.of("CONFIG"));
            default -> fields.with("content", draw.textData());
        };
    }
}
