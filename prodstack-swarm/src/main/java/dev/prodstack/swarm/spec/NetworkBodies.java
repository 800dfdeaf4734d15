package dev.prodstack.swarm.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.core.stack.Network;
import dev.prodstack.swarm.engine.ApiVersion;

/** Bodies of networks. */
final class NetworkBodies {
    private static final String DEFAULT_DRIVER = "overlay";

    private NetworkBodies() {}

    static ObjectNode of(Network network, Reference reference, Namespace namespace, ApiVersion version) {
        return new Draft()
                .text("Name", reference.name())
                // Older engines create a second network of the same name unless they are told not to.
                .flag("CheckDuplicate", version.compareTo(Since.NETWORKS_ARE_UNIQUE) < 0)
                .text("Driver", network.driver().filter(name -> !name.isEmpty()).orElse(DEFAULT_DRIVER))
                .texts("Options", network.driverOptions())
                .with("IPAM", network.ipam().map(NetworkBodies::ipam))
                .flag("Internal", network.internal())
                .flag("Attachable", network.attachable())
                .truth("EnableIPv4", Since.IPV4_SWITCH.orNothing(version, network.ipv4()))
                .truth("EnableIPv6", network.ipv6())
                .texts("Labels", namespace.labels(network.labels()))
                .node();
    }

    private static ObjectNode ipam(Network.Ipam ipam) {
        return new Draft()
                .text("Driver", ipam.driver())
                .texts("Options", ipam.options())
                .filled(
                        "Config",
                        Draft.list(
                                ipam.pools().stream().map(NetworkBodies::pool).toList()))
                .node();
    }

    private static ObjectNode pool(Network.Pool pool) {
        return new Draft()
                .text("Subnet", pool.subnet())
                .text("IPRange", pool.range())
                .text("Gateway", pool.gateway())
                .texts("AuxiliaryAddresses", pool.auxiliary())
                .node();
    }
}
