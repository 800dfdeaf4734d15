package dev.prodstack.core.stack;

import java.util.List;
import java.util.Optional;

/**
 * Host name and name resolution inside a container.
 *
 * @param hostname the host name, which may hold Swarm templates such as {@code {{.Node.Hostname}}}
 * @param domain the NIS domain name
 * @param servers DNS servers, in place of the engine's
 * @param search DNS search domains
 * @param options resolver options ({@code dns_opt})
 * @param extraHosts additional lines of {@code /etc/hosts}, in order
 */
public record Naming(
        Optional<String> hostname,
        Optional<String> domain,
        List<String> servers,
        List<String> search,
        List<String> options,
        List<HostEntry> extraHosts) {
    /** Copies the lists. */
    public Naming {
        servers = List.copyOf(servers);
        search = List.copyOf(search);
        options = List.copyOf(options);
        extraHosts = List.copyOf(extraHosts);
    }

    /**
     * A line of {@code /etc/hosts}.
     *
     * @param host the host name
     * @param address an IPv4 or IPv6 address, or {@code host-gateway}
     */
    public record HostEntry(String host, String address) {}
}
