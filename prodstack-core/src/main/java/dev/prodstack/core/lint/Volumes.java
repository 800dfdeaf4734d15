package dev.prodstack.core.lint;

import dev.prodstack.core.stack.Volume;

/** Where the data of a volume is. */
final class Volumes {
    private Volumes() {}

    /** Whether each node has a volume of its own under the name, as opposed to one that all nodes share. */
    static boolean isPerNode(Volume volume) {
        boolean localDriver =
                volume.driver().filter(name -> !name.equals("local")).isEmpty();
        return localDriver && !volume.external() && volume.clusterSpec().isEmpty() && !isNetworkShare(volume);
    }

    private static boolean isNetworkShare(Volume volume) {
        String type = volume.driverOptions().getOrDefault("type", "");
        String options = volume.driverOptions().getOrDefault("o", "");
        return type.startsWith("nfs") || type.startsWith("cifs") || options.contains("addr=");
    }
}
