package dev.prodstack.swarm.spec;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prodstack.core.stack.Mount;
import dev.prodstack.core.stack.Stack;
import dev.prodstack.core.stack.Volume;
import dev.prodstack.core.value.ByteSize;
import dev.prodstack.core.value.FileMode;
import dev.prodstack.swarm.engine.ApiVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What is mounted into containers. */
final class Mounts {
    private static final String GROUP = "group:";

    private final Namespace namespace;
    private final Map<String, Volume> volumes;
    private final ApiVersion version;

    Mounts(Stack stack, ApiVersion version) {
        this.namespace = new Namespace(stack.name());
        this.volumes = stack.volumes();
        this.version = version;
    }

    ArrayNode of(List<Mount> mounts) {
        return Draft.list(
                mounts.stream().filter(this::isSupported).map(this::of).toList());
    }

    /** Swarm takes a mount of an image for one of a directory of the node that has the image's name. */
    private boolean isSupported(Mount mount) {
        boolean cluster = mount instanceof Mount.OfCluster;
        return !(mount instanceof Mount.OfImage) && (!cluster || Since.CLUSTER_VOLUMES.isIn(version));
    }

    private ObjectNode of(Mount mount) {
        if (mount instanceof Mount.OfVolume volume) {
            return ofVolume(volume);
        }
        if (mount instanceof Mount.OfHost host) {
            return ofHost(host);
        }
        if (mount instanceof Mount.OfMemory memory) {
            return ofMemory(memory);
        }
        if (mount instanceof Mount.OfCluster cluster) {
            return start("cluster", Optional.of(clusterSource(cluster.source())), mount)
                    .with("ClusterOptions", new Draft().node())
                    .node();
        }
        return start("npipe", Optional.of(((Mount.OfPipe) mount).source()), mount)
                .node();
    }

    private static Draft start(String type, Optional<String> source, Mount mount) {
        return new Draft()
                .text("Type", type)
                .text("Source", source)
                .text("Target", mount.target())
                .flag("ReadOnly", mount.readOnly());
    }

    private ObjectNode ofVolume(Mount.OfVolume mount) {
        Optional<Volume> volume = mount.source().map(volumes::get);
        Draft options = new Draft()
                .flag("NoCopy", mount.noCopy())
                .texts("Labels", labels(mount, volume))
                .text("Subpath", Since.VOLUME_SUBPATH.orNothing(version, mount.subpath()))
                .with("DriverConfig", volume.flatMap(Mounts::driver));
        Draft node = start("volume", volume.map(namespace::volume), mount);
        return (volume.isPresent()
                        ? node.with("VolumeOptions", options.node())
                        : node.filled("VolumeOptions", options.node()))
                .node();
    }

    /** Each node creates the volume when it first runs a task, with the labels of that task's mount. */
    private Map<String, String> labels(Mount.OfVolume mount, Optional<Volume> volume) {
        Map<String, String> labels = new LinkedHashMap<>(mount.labels());
        volume.filter(own -> !own.external()).ifPresent(own -> labels.putAll(namespace.labels(own.labels())));
        return labels;
    }

    private static Optional<ObjectNode> driver(Volume volume) {
        boolean plain = volume.driver().isEmpty() && volume.driverOptions().isEmpty();
        if (volume.external() || plain) {
            return Optional.empty();
        }
        return Optional.of(new Draft()
                .text("Name", volume.driver())
                .texts("Options", volume.driverOptions())
                .node());
    }

    private ObjectNode ofHost(Mount.OfHost mount) {
        String recursive = mount.recursive().orElse("");
        boolean kept = Since.BIND_OPTIONS.isIn(version);
        Draft options = new Draft()
                .text("Propagation", mount.propagation())
                .flag("NonRecursive", recursive.equals("disabled"))
                .flag("CreateMountpoint", kept && mount.createHostPath().orElse(false))
                .flag("ReadOnlyNonRecursive", kept && recursive.equals("writable"))
                .flag("ReadOnlyForceRecursive", kept && recursive.equals("readonly"));
        return start("bind", Optional.of(mount.source()), mount)
                .filled("BindOptions", options.node())
                .node();
    }

    private static ObjectNode ofMemory(Mount.OfMemory mount) {
        Draft options = new Draft()
                .number("SizeBytes", number(mount.size().map(ByteSize::bytes)))
                .number("Mode", number(mount.mode().map(FileMode::bits).map(Integer::longValue)));
        return start("tmpfs", Optional.empty(), mount)
                .filled("TmpfsOptions", options.node())
                .node();
    }

    private static OptionalLong number(Optional<Long> value) {
        return value.map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }

    /** A volume's key, or a group of cluster volumes, whose names no stack prefixes. */
    private String clusterSource(String source) {
        Volume volume = volumes.get(source);
        if (source.startsWith(GROUP)) {
            return source;
        }
        return volume == null ? namespace.scoped(source) : namespace.volume(volume);
    }
}
