package dev.prodstack.core.generate;

import dev.prodstack.core.value.Data;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Draws services that refer to what is defined. */
final class ServiceGenerator {
    private final Draw draw;
    private final List<String> networks;
    private final List<String> volumes;
    private final List<String> secrets;
    private final List<String> configs;
    private final List<String> earlier;

    ServiceGenerator(
            Draw draw,
            List<String> networks,
            List<String> volumes,
            List<String> secrets,
            List<String> configs,
            List<String> earlier) {
        this.draw = draw;
        this.networks = networks;
        this.volumes = volumes;
        this.secrets = secrets;
        this.configs = configs;
        this.earlier = earlier;
    }

    Data service() {
        Draw.Fields fields = draw.fields().with("image", image());
        process(fields);
        naming(fields);
        confinement(fields);
        composeOnly(fields);
        return fields.maybe("environment", draw::keyValues)
                .maybe("labels", draw::keyValues)
                .maybe("healthcheck", this::healthCheck)
                .maybe(
                        "logging",
                        () -> draw.fields()
                                .maybe("driver", () -> Data.of("json-file"))
                                .maybe("options", () -> draw.map(draw::key, draw::scalar))
                                .toData())
                .maybe("volumes", () -> draw.list(this::mount))
                .maybe("tmpfs", () -> draw.oneOf(this::memory, () -> draw.list(this::memory)))
                .maybe("secrets", () -> references(secrets))
                .maybe("configs", () -> references(configs))
                .maybe("networks", this::attachments)
                .maybe("ports", () -> draw.list(this::port))
                .maybe("depends_on", this::dependencies)
                .maybe("deploy", () -> new DeployGenerator(draw).deploy())
                .maybe("x-own", () -> draw.anything(2))
                .toData();
    }

    private Data image() {
        String digest = "@sha256:" + "0123456789abcdef".repeat(4);
        return Data.of(
                draw.of("nginx", "shop/web:1.4", "localhost:5000/x", "r.example.com/a/b-c:v1" + digest, "a" + digest));
    }

    private void process(Draw.Fields fields) {
        fields.maybe(List.of("command", "entrypoint"), this::command)
                .maybe("working_dir", draw::someText)
                .maybe("user", () -> Data.of(draw.of("root", "1000:1000", "12", "")))
                .maybe("group_add", () -> draw.list(() -> draw.oneOf(draw::wordData, () -> Data.of(12))))
                .maybe(List.of("init", "tty", "stdin_open"), draw::bool)
                .maybe("stop_signal", () -> Data.of("SIGQUIT"))
                .maybe("stop_grace_period", draw::duration);
    }

    private Data command() {
        return draw.oneOf(
                () -> draw.list(draw::textData),
                () -> Data.of(draw.of("run", "sh -c 'a b' \"c d\"", "a\\ b  c", "", " ", "'' x", "--x=$$HOME")),
                () -> Data.of(12),
                () -> Data.Null.NULL);
    }

    private Data healthCheck() {
        if (draw.once(5)) {
            return draw.fields()
                    .with("disable", Data.of(true))
                    .maybe("test", () -> Data.of(List.of(Data.of("NONE"))))
                    .toData();
        }
        return draw.fields()
                .maybe(
                        "test",
                        () -> draw.oneOf(
                                draw::someText,
                                () -> Data.of(List.of(Data.of("NONE"))),
                                () -> Data.of(List.of(Data.of("CMD"), draw.textData(), draw.textData())),
                                () -> Data.of(List.of(Data.of("CMD-SHELL"), draw.textData()))))
                .maybe(List.of("interval", "timeout", "start_period", "start_interval"), draw::duration)
                .maybe("retries", draw::count)
                .maybe("disable", () -> Data.of(false))
                .toData();
    }

    private void naming(Draw.Fields fields) {
        fields.maybe(List.of("hostname", "domainname"), () -> Data.of(draw.of("h", "{{.Node.Hostname}}", "x.example")))
                .maybe(
                        List.of("dns", "dns_search"),
                        () -> draw.oneOf(() -> Data.of("10.0.0.1"), () -> draw.list(draw::wordData)))
                .maybe("dns_opt", () -> draw.list(draw::wordData))
                .maybe(
                        "extra_hosts",
                        () -> draw.oneOf(
                                () -> draw.list(() -> Data.of(
                                        draw.of("h:10.0.0.1", "h=10.0.0.2", "v6:::1", "v6=[::1]", "g:host-gateway"))),
                                () -> draw.map(draw::word, () -> Data.of(draw.of("10.0.0.1", "::1", "[::1]")))));
    }

    private void confinement(Draw.Fields fields) {
        fields.maybe(
                        List.of("cap_add", "cap_drop"),
                        () -> draw.list(() -> Data.of(draw.of("ALL", "NET_ADMIN", "CAP_CHOWN"))))
                .maybe("read_only", draw::bool)
                .maybe("sysctls", draw::keyValues)
                .maybe("ulimits", () -> draw.map(() -> draw.of("nofile", "nproc", "core"), this::ulimit))
                .maybe("oom_score_adj", () -> Data.of(draw.below(2001) - 1000))
                .maybe("isolation", () -> Data.of("default"))
                .maybe("credential_spec", () -> {
                    String kind =
                            configs.isEmpty() ? draw.of("file", "registry") : draw.of("file", "registry", "config");
                    return draw.fields()
                            .with(kind, kind.equals("config") ? Data.of(draw.of(configs)) : draw.wordData())
                            .toData();
                });
    }

    private Data ulimit() {
        int soft = draw.below(1000);
        Data both = draw.fields()
                .with("soft", Data.of(soft))
                .with("hard", Data.of(draw.once(3) ? -1 : soft + draw.below(1000)))
                .toData();
        return draw.oneOf(() -> Data.of(draw.of(-1, 0, 65_536)), () -> Data.of("1024"), () -> both);
    }

    private Data mount() {
        String options = draw.of("", ":ro", ":rw", ":ro,rslave", ":z", ":nocopy");
        return draw.oneOf(
                () -> Data.of(draw.of("/anonymous", "/a b")),
                () -> volumes.isEmpty()
                        ? Data.of("/v")
                        : Data.of(draw.of(volumes) + ":/v" + draw.of("", ":ro", ":nocopy")),
                () -> Data.of(draw.of("./x", "/x/../y", "../x", "~/x") + ":/x" + options.replace("nocopy", "ro")),
                this::longMount);
    }

    private Data longMount() {
        String type = draw.of("volume", "bind", "tmpfs", "image", "cluster", "npipe");
        Draw.Fields fields = draw.fields()
                .with("type", Data.of(type))
                .with("target", Data.of("/t"))
                .maybe("read_only", draw::bool);
        Draw.Fields section = draw.fields();
        switch (type) {
            case "volume" -> {
                if (!volumes.isEmpty() && !draw.once(4)) {
                    fields.with("source", Data.of(draw.of(volumes)));
                }
                section.maybe("nocopy", draw::bool)
                        .maybe("subpath", draw::someText)
                        .maybe("labels", () -> draw.map(draw::key, draw::scalar));
            }
            case "bind" -> {
                fields.with("source", Data.of(draw.of("./x", "/x", "~", "C:\\x")));
                section.maybe("propagation", () -> Data.of(draw.of("rslave", "shared")))
                        .maybe("create_host_path", draw::bool)
                        .maybe("recursive", () -> Data.of("readonly"))
                        .maybe("selinux", () -> Data.of("Z"));
            }
            case "tmpfs" -> section.maybe("size", draw::size).maybe("mode", draw::mode);
            case "image" -> {
                fields.with("source", image());
                section.maybe("subpath", draw::someText);
            }
            default -> fields.with("source", Data.of(draw.of("group:x", "\\\\.\\pipe\\x")));
        }
        return List.of("cluster", "npipe").contains(type)
                ? fields.toData()
                : fields.maybe(type, section::toData).toData();
    }

    private Data memory() {
        return Data.of(draw.of("/run", "/run:size=64m", "/tmp:mode=1777,ro", "/x:rw,size=0"));
    }

    private Data references(List<String> keys) {
        return keys.isEmpty()
                ? Data.of(List.of())
                : draw.list(() -> draw.oneOf(
                        () -> Data.of(draw.of(keys)),
                        () -> draw.fields()
                                .with("source", Data.of(draw.of(keys)))
                                .maybe("target", draw::someText)
                                .maybe(
                                        List.of("uid", "gid"),
                                        () -> draw.oneOf(() -> Data.of("103"), () -> Data.of(103)))
                                .maybe("mode", draw::mode)
                                .toData()));
    }

    private Data attachments() {
        if (networks.isEmpty() || draw.once(2)) {
            return Data.of(networks.stream().map(Data::of).toList());
        }
        Map<String, Data> attachments = new LinkedHashMap<>();
        networks.forEach(key -> attachments.put(
                key,
                draw.once(3)
                        ? Data.Null.NULL
                        : draw.fields()
                                .maybe("aliases", () -> draw.list(draw::wordData))
                                .maybe("driver_opts", () -> draw.map(draw::key, draw::scalar))
                                .maybe("ipv4_address", () -> Data.of("10.0.0.7"))
                                .maybe("priority", draw::count)
                                .maybe("x-own", () -> draw.anything(1))
                                .toData()));
        return Data.of(attachments);
    }

    private Data port() {
        return draw.oneOf(
                () -> Data.of(draw.of(80, 8080, 65_535)),
                () -> Data.of(draw.of(
                        "80",
                        "8080:80",
                        "53:53/udp",
                        "8000-8003:8000-8003",
                        "8000-8002:80",
                        "127.0.0.1:8080:80",
                        "[::1]:8080:80/sctp",
                        "9000-9002",
                        "127.0.0.1::80")),
                () -> draw.fields()
                        .with("target", Data.of(1 + draw.below(65_535)))
                        .maybe(
                                "published",
                                () -> draw.oneOf(
                                        () -> Data.of(8080),
                                        () -> Data.of("8080"),
                                        () -> Data.of("8000-8010"),
                                        () -> Data.of(0)))
                        .maybe("protocol", () -> Data.of(draw.of("tcp", "udp", "sctp")))
                        .maybe("mode", () -> Data.of(draw.of("host", "ingress")))
                        .maybe("host_ip", () -> Data.of("127.0.0.1"))
                        .maybe("name", draw::someText)
                        .maybe("app_protocol", () -> Data.of("http"))
                        .toData());
    }

    private Data dependencies() {
        if (earlier.isEmpty() || draw.once(2)) {
            return Data.of(earlier.stream().map(Data::of).toList());
        }
        Map<String, Data> dependencies = new LinkedHashMap<>();
        earlier.forEach(name -> dependencies.put(
                name,
                draw.fields()
                        .with(
                                "condition",
                                Data.of(draw.of(
                                        "service_started", "service_healthy", "service_completed_successfully")))
                        .maybe(List.of("required", "restart"), draw::bool)
                        .toData()));
        return Data.of(dependencies);
    }

    private void composeOnly(Draw.Fields fields) {
        fields.maybe(
                        "build",
                        () -> draw.oneOf(
                                () -> Data.of("./src"),
                                () -> draw.fields()
                                        .with("context", Data.of("."))
                                        .maybe("args", draw::keyValues)
                                        .maybe("target", draw::wordData)
                                        .toData()))
                .maybe(List.of("container_name", "restart", "platform"), draw::wordData)
                .maybe("privileged", draw::bool)
                .maybe("expose", () -> draw.list(() -> draw.oneOf(() -> Data.of(80), () -> Data.of("81-90"))))
                .maybe("security_opt", () -> draw.list(draw::textData))
                .maybe("shm_size", draw::size)
                .maybe("storage_opt", () -> draw.map(draw::key, () -> draw.anything(1)));
    }
}
