package dev.prodstack.core.compose.read;

import dev.prodstack.core.stack.Naming;
import dev.prodstack.core.stack.Naming.HostEntry;
import dev.prodstack.core.stack.NetworkAttachment;
import dev.prodstack.core.stack.Port;
import dev.prodstack.core.value.Data;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how a service is reached and what it reaches: networks, ports, name resolution. */
final class Connections {
    private static final Map<String, Shape> COMPOSE_ONLY = Shapes.ofAttachment();
    private static final Pattern RANGE = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");

    private final Fields fields;

    Connections(Fields fields) {
        this.fields = fields;
    }

    Naming naming() {
        return new Naming(
                fields.string("hostname"),
                fields.string("domainname"),
                fields.strings("dns"),
                fields.strings("dns_search"),
                fields.strings("dns_opt"),
                fields.items("extra_hosts", Connections::host));
    }

    private static Optional<HostEntry> host(Place place) {
        return place.string().flatMap(line -> {
            int colon = line.indexOf(':');
            return colon < 0
                    ? place.wrong("a host and its address such as db:10.0.0.5", "")
                    : Optional.of(new HostEntry(line.substring(0, colon), line.substring(colon + 1)));
        });
    }

    Map<String, NetworkAttachment> networks() {
        return fields.entries("networks", Connections::attachment);
    }

    private static Optional<NetworkAttachment> attachment(Place place) {
        if (place.isNull()) {
            return Optional.of(NetworkAttachment.plain());
        }
        Fields fields = place.fields();
        Map<String, Data> composeOnly = new LinkedHashMap<>();
        COMPOSE_ONLY.forEach(
                (key, shape) -> fields.get(key).flatMap(shape::read).ifPresent(data -> composeOnly.put(key, data)));
        composeOnly.putAll(fields.extensions());
        NetworkAttachment attachment =
                new NetworkAttachment(fields.strings("aliases"), fields.texts("driver_opts"), composeOnly);
        fields.end();
        return Optional.of(attachment);
    }

    List<Port> ports() {
        return fields.items("ports", Connections::port);
    }

    private static Optional<Port> port(Place place) {
        Fields fields = place.fields();
        OptionalInt target = fields.required("target", "say which port of the container is published")
                .map(value -> value.integer(1, 65_535))
                .orElseGet(OptionalInt::empty);
        Optional<Port.Range> published = fields.get("published")
                .flatMap(value -> value.parsed(Connections::range))
                .flatMap(range -> range);
        Optional<Port.Protocol> protocol = fields.choice("protocol", Port.Protocol.class);
        Optional<Port.Mode> mode = fields.choice("mode", Port.Mode.class);
        Optional<String> address = fields.string("host_ip");
        Optional<String> name = fields.string("name");
        Optional<String> application = fields.string("app_protocol");
        fields.end();
        if (target.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Port(
                target.getAsInt(),
                published,
                protocol.orElse(Port.Protocol.TCP),
                mode.orElse(Port.Mode.INGRESS),
                address,
                name,
                application));
    }

    /** A port, a range, or nothing for 0, which leaves the choice to Swarm. */
    private static Optional<Port.Range> range(String text) {
        Matcher matcher = RANGE.matcher(text);
        if (text.isEmpty() || text.equals("0")) {
            return Optional.empty();
        }
        if (!matcher.matches()) {
            throw new IllegalArgumentException("expected a port such as 8080 or a range such as 8080-8090");
        }
        int first = Integer.parseInt(matcher.group(1));
        int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
        return Optional.of(new Port.Range(first, last));
    }
}
