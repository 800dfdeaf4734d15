package dev.prodstack.core.compose.normal;

import dev.prodstack.core.stack.Config;
import dev.prodstack.core.stack.Network;
import dev.prodstack.core.stack.Payload;
import dev.prodstack.core.stack.Secret;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.core.stack.Volume;
import dev.prodstack.core.value.Data;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The normal form of stacks. */
public final class NormalForm {
    private NormalForm() {}

    /** The normal form of a stack. */
    public static Data of(Stack stack) {
        Section root = new Section().put("name", Data.of(stack.name()));
        root.put("services", named(stack.services(), ServiceForm::of));
        section(root, "networks", stack.networks(), NormalForm::network);
        section(root, "volumes", stack.volumes(), NormalForm::volume);
        section(root, "secrets", stack.secrets(), NormalForm::secret);
        section(root, "configs", stack.configs(), NormalForm::config);
        OperationsForm.put(root, stack.operations());
        return escaped(root.all(stack.extensions()).toData());
    }

    private static <T> void section(Section root, String key, Map<String, T> values, Function<T, Data> form) {
        if (!values.isEmpty()) {
            root.put(key, named(values, form));
        }
    }

    private static <T> Data named(Map<String, T> values, Function<T, Data> form) {
        Map<String, Data> entries = new LinkedHashMap<>();
        values.forEach((key, value) -> entries.put(key, form.apply(value)));
        return Data.of(entries);
    }

    private static Data network(Network network) {
        Section section = new Section()
                .text("name", network.name())
                .text("driver", network.driver())
                .texts("driver_opts", network.driverOptions());
        network.ipam().ifPresent(ipam -> section.put("ipam", ipam(ipam)));
        return section.flag("external", network.external())
                .flag("internal", network.internal())
                .flag("attachable", network.attachable())
                .bool("enable_ipv4", network.ipv4())
                .bool("enable_ipv6", network.ipv6())
                .texts("labels", network.labels())
                .all(network.extensions())
                .toData();
    }

    private static Data ipam(Network.Ipam ipam) {
        List<Data> pools = ipam.pools().stream()
                .map(pool -> new Section()
                        .text("subnet", pool.subnet())
                        .text("ip_range", pool.range())
                        .text("gateway", pool.gateway())
                        .texts("aux_addresses", pool.auxiliary())
                        .toData())
                .toList();
        return new Section()
                .text("driver", ipam.driver())
                .items("config", pools)
                .texts("options", ipam.options())
                .toData();
    }

    private static Data volume(Volume volume) {
        Section section = new Section()
                .text("name", volume.name())
                .text("driver", volume.driver())
                .texts("driver_opts", volume.driverOptions())
                .flag("external", volume.external())
                .texts("labels", volume.labels());
        volume.clusterSpec().ifPresent(spec -> section.put("x-cluster-spec", spec));
        return section.all(volume.extensions()).toData();
    }

    private static Data secret(Secret secret) {
        return payload(secret.name(), secret.source(), secret.labels(), secret.templateDriver(), secret.extensions());
    }

    private static Data config(Config config) {
        return payload(config.name(), config.source(), config.labels(), config.templateDriver(), config.extensions());
    }

    private static Data payload(
            Optional<String> name,
            Payload source,
            Map<String, String> labels,
            Optional<String> templateDriver,
            Map<String, Data> extensions) {
        Section section = new Section().text("name", name);
        if (source instanceof Payload.FromFile file) {
            section.put("file", Data.of(file.path()));
        } else if (source instanceof Payload.FromEnvironment environment) {
            section.put("environment", Data.of(environment.variable()));
        } else if (source instanceof Payload.Inline inline) {
            section.put("content", Data.of(inline.content()));
        } else if (source instanceof Payload.FromDriver driver) {
            section.put("driver", Data.of(driver.name())).texts("driver_opts", driver.options());
        } else {
            section.put("external", Data.of(true));
        }
        return section.texts("labels", labels)
                .text("template_driver", templateDriver)
                .all(extensions)
                .toData();
    }

    /** Reading the result again must not find variables in it. */
    private static Data escaped(Data data) {
        if (data instanceof Data.Text text) {
            return text.value().indexOf('$') < 0 ? text : Data.of(text.value().replace("$", "$$"));
        }
        if (data instanceof Data.Items items) {
            return Data.of(items.items().stream().map(NormalForm::escaped).toList());
        }
        if (data instanceof Data.Fields fields) {
            Map<String, Data> escaped = new LinkedHashMap<>();
            fields.fields().forEach((key, value) -> escaped.put(key, escaped(value)));
            return Data.of(escaped);
        }
        return data;
    }
}
