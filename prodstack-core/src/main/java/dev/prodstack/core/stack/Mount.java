package dev.prodstack.core.stack;

import dev.prodstack.core.value.ByteSize;
import dev.prodstack.core.value.Copies;
import dev.prodstack.core.value.FileMode;
import java.util.Map;
import java.util.Optional;

/** Something mounted into a container's file system. */
public sealed interface Mount {

    /** The absolute path in the container. */
    String target();

    /** Whether the container cannot write to it. */
    boolean readOnly();

    /**
     * A volume.
     *
     * @param source the volume's key; absent for an anonymous volume
     * @param target the path in the container
     * @param readOnly whether it is read-only
     * @param noCopy whether a new volume stays empty instead of getting what the image has at the target
     * @param subpath the directory of the volume that is mounted, in place of its root
     * @param labels labels of a volume that is created for the mount
     */
    record OfVolume(
            Optional<String> source,
            String target,
            boolean readOnly,
            boolean noCopy,
            Optional<String> subpath,
            Map<String, String> labels)
            implements Mount {
        /** Copies the labels. */
        public OfVolume {
            labels = Copies.of(labels);
        }
    }

    /**
     * A directory or file of the node.
     *
     * @param source the path on the node
     * @param target the path in the container
     * @param readOnly whether it is read-only
     * @param propagation how mounts below it propagate ({@code rprivate}, {@code rslave}, ...)
     * @param createHostPath whether a missing source is created as a directory
     * @param recursive whether mounts below the source come along ({@code enabled}, {@code disabled}, ...)
     * @param selinux the SELinux relabelling, {@code z} or {@code Z}
     */
    record OfHost(
            String source,
            String target,
            boolean readOnly,
            Optional<String> propagation,
            Optional<Boolean> createHostPath,
            Optional<String> recursive,
            Optional<String> selinux)
            implements Mount {}

    /**
     * A temporary file system in memory.
     *
     * @param target the path in the container
     * @param readOnly whether it is read-only
     * @param size its largest size; no limit of its own where absent
     * @param mode the permissions of its root directory
     */
    record OfMemory(String target, boolean readOnly, Optional<ByteSize> size, Optional<FileMode> mode)
            implements Mount {}

    /**
     * A cluster volume (CSI).
     *
     * @param source the volume's key, or {@code group:} and a volume group
     * @param target the path in the container
     * @param readOnly whether it is read-only
     */
    record OfCluster(String source, String target, boolean readOnly) implements Mount {}

    /**
     * A named pipe, on Windows.
     *
     * @param source the pipe on the node
     * @param target the pipe in the container
     * @param readOnly whether it is read-only
     */
    record OfPipe(String source, String target, boolean readOnly) implements Mount {}

    /**
     * The content of an image.
     *
     * @param source the image
     * @param target the path in the container
     * @param readOnly whether it is read-only
     * @param subpath the directory of the image that is mounted, in place of its root
     */
    record OfImage(String source, String target, boolean readOnly, Optional<String> subpath) implements Mount {}
}
