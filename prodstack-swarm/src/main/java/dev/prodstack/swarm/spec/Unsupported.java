package dev.prodstack.swarm.spec;

import dev.prodstack.core.stack.HealthCheck;
import dev.prodstack.core.stack.Mount;
import dev.prodstack.core.stack.Network;
import dev.prodstack.core.stack.Port;
import dev.prodstack.core.stack.Service;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.swarm.engine.ApiVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Something that a stack asks for and an engine cannot do. The bodies of the stack do without it.
 *
 * @param place where the file says it: {@code services.web.healthcheck.start_interval}, {@code services.web.volumes[0]}
 * @param what what cannot be done, as a sentence without a full stop
 * @param since the version of the API from which on it can be done; absent if Swarm cannot do it at all
 * @param effect what becomes of the service without it
 */
public record Unsupported(String place, String what, Optional<ApiVersion> since, Effect effect) {

    /** What becomes of a service without something that it asks for. */
    public enum Effect {
        /** It runs, a little differently. */
        WEAKER,
        /** It would run on other data than it is meant to, or without: it is not to be deployed. */
        BROKEN
    }

    /** What a stack asks for and an engine that speaks a version of the API cannot do, in the order of the stack. */
    public static List<Unsupported> in(Stack stack, ApiVersion version) {
        List<Unsupported> found = new ArrayList<>();
        stack.services().forEach((name, service) -> new Search("services." + name, version, found).service(service));
        Attachments.networks(stack).forEach((key, network) -> {
            if (!network.external()) {
                new Search("networks." + key, version, found).network(network);
            }
        });
        return List.copyOf(found);
    }

    /** What it is, and what would help. */
    public String message() {
        String help = since.map(version -> "it takes an engine with API " + version + " or newer")
                .orElse("Swarm has nothing like it; take it out of the file");
        return what + "; " + help;
    }

    private record Search(String place, ApiVersion version, List<Unsupported> found) {

        private void service(Service service) {
            if (service.healthCheck().flatMap(HealthCheck::startInterval).isPresent()) {
                later(
                        "healthcheck.start_interval",
                        Since.START_INTERVAL,
                        "the start period has the same interval between health checks as the rest",
                        Effect.WEAKER);
            }
            if (service.confinement().oomScoreAdjustment().isPresent()) {
                later("oom_score_adj", Since.OOM_SCORE, "the kernel is not told whom to kill last", Effect.WEAKER);
            }
            for (int i = 0; i < service.mounts().size(); i++) {
                mount("volumes[" + i + "]", service.mounts().get(i));
            }
            for (int i = 0; i < service.ports().size(); i++) {
                Optional<Port.Range> range = service.ports().get(i).published();
                if (range.filter(ports -> ports.first() != ports.last()).isPresent()) {
                    never(
                            "ports[" + i + "].published",
                            "no port is chosen from a range, the first one is published",
                            Effect.WEAKER);
                }
            }
            if (service.process().command().filter(List::isEmpty).isPresent()) {
                never("command", "an empty command does not replace the image's", Effect.WEAKER);
            }
            if (service.process().entrypoint().filter(List::isEmpty).isPresent()) {
                never("entrypoint", "an empty entrypoint does not replace the image's", Effect.WEAKER);
            }
        }

        private void mount(String at, Mount mount) {
            if (mount instanceof Mount.OfImage) {
                never(at, "the content of an image cannot be mounted", Effect.BROKEN);
            } else if (mount instanceof Mount.OfCluster) {
                later(at, Since.CLUSTER_VOLUMES, "there are no cluster volumes", Effect.BROKEN);
            } else if (mount instanceof Mount.OfVolume volume
                    && volume.subpath().isPresent()) {
                later(
                        at + ".volume.subpath",
                        Since.VOLUME_SUBPATH,
                        "the whole volume would be mounted in place of its directory "
                                + volume.subpath().get(),
                        Effect.BROKEN);
            } else if (mount instanceof Mount.OfHost host) {
                host(at + ".bind", host);
            }
        }

        private void host(String at, Mount.OfHost host) {
            String recursive = host.recursive().orElse("");
            if (host.createHostPath().orElse(false)) {
                later(
                        at + ".create_host_path",
                        Since.BIND_OPTIONS,
                        "a missing " + host.source() + " is not created on the node",
                        Effect.WEAKER);
            }
            if (recursive.equals("writable") || recursive.equals("readonly")) {
                later(
                        at + ".recursive",
                        Since.BIND_OPTIONS,
                        "whether mounts below " + host.source() + " are read-only is up to the engine",
                        Effect.WEAKER);
            }
            if (host.selinux().isPresent()) {
                never(at + ".selinux", "services do not relabel what they mount", Effect.WEAKER);
            }
        }

        private void network(Network network) {
            if (network.ipv4().isPresent()) {
                later("enable_ipv4", Since.IPV4_SWITCH, "IPv4 is always on", Effect.WEAKER);
            }
            List<Network.Pool> pools = network.ipam().map(Network.Ipam::pools).orElseGet(List::of);
            for (int i = 0; i < pools.size(); i++) {
                if (!pools.get(i).auxiliary().isEmpty()) {
                    never(
                            "ipam.config[" + i + "].aux_addresses",
                            "addresses of others are not kept free",
                            Effect.WEAKER);
                }
            }
        }

        private void later(String at, Since since, String what, Effect effect) {
            if (!since.isIn(version)) {
                found.add(new Unsupported(place + "." + at, what, Optional.of(since.version()), effect));
            }
        }

        private void never(String at, String what, Effect effect) {
            found.add(new Unsupported(place + "." + at, what, Optional.empty(), effect));
        }
    }
}
