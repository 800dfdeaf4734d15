package dev.prodstack.core.stack;

import dev.prodstack.core.value.Copies;
import dev.prodstack.core.value.Data;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network that services are attached to.
 *
 * @param key its key in the file
 * @param name its name in the cluster, in place of the stack's name and the key
 * @param external whether it exists already and is not managed with the stack
 * @param driver the network driver; overlay on Swarm where absent
 * @param driverOptions options for the driver
 * @param ipam address management
 * @param internal whether it has no way to the outside
 * @param attachable whether containers outside services can join it
 * @param ipv4 whether IPv4 is on
 * @param ipv6 whether IPv6 is on
 * @param labels its labels
 * @param extensions {@code x-} extensions by key
 */
public record Network(
        String key,
        Optional<String> name,
        boolean external,
        Optional<String> driver,
        Map<String, String> driverOptions,
        Optional<Ipam> ipam,
        boolean internal,
        boolean attachable,
        Optional<Boolean> ipv4,
        Optional<Boolean> ipv6,
        Map<String, String> labels,
        Map<String, Data> extensions) {
    /** Copies the maps. */
    public Network {
        driverOptions = Copies.of(driverOptions);
        labels = Copies.of(labels);
        extensions = Copies.of(extensions);
    }

    /**
     * Address management.
     *
     * @param driver the IPAM driver
     * @param pools the address pools
     * @param options options for the driver
     */
    public record Ipam(Optional<String> driver, List<Pool> pools, Map<String, String> options) {
        /** Copies the collections. */
        public Ipam {
            pools = List.copyOf(pools);
            options = Copies.of(options);
        }
    }

    /**
     * One pool of addresses.
     *
     * @param subnet the subnet in CIDR form
     * @param range the part of the subnet that containers get addresses from, in CIDR form
     * @param gateway the gateway's address
     * @param auxiliary addresses that are already taken, by host name
     */
    public record Pool(
            Optional<String> subnet, Optional<String> range, Optional<String> gateway, Map<String, String> auxiliary) {
        /** Copies the map. */
        public Pool {
            auxiliary = Copies.of(auxiliary);
        }
    }
}
