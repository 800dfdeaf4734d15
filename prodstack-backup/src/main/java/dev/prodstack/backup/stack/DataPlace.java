package dev.prodstack.backup.stack;

import dev.prodstack.core.stack.Mount;
import dev.prodstack.core.stack.Service;
import java.util.Comparator;
import java.util.Optional;

/**
 * Where a PostgreSQL service has its data directory: in a volume of the stack.
 *
 * @param volume the volume's key
 * @param below the path below the volume's root; empty for the root itself
 */
record DataPlace(String volume, String below) {
    /** Where the official images have it, up to PostgreSQL 17. */
    private static final String USUAL = "/var/lib/postgresql/data";

    private static final String VARIABLE = "PGDATA";

    /** Of what {@code PGDATA} of the service says; empty if no volume is mounted there. */
    static Optional<DataPlace> of(Service service) {
        String directory =
                service.environment().getOrDefault(VARIABLE, Optional.empty()).orElse(USUAL);
        return service.mounts().stream()
                .filter(mount -> mount instanceof Mount.OfVolume)
                .map(Mount.OfVolume.class::cast)
                .filter(mount -> mount.source().isPresent() && isWithin(directory, mount.target()))
                .max(Comparator.comparingInt(mount -> mount.target().length()))
                .map(mount -> new DataPlace(
                        mount.source().orElseThrow(),
                        mount.subpath().map(path -> path + "/").orElse("")
                                + directory.substring(mount.target().length()).replaceFirst("^/+", "")));
    }

    private static boolean isWithin(String path, String directory) {
        return path.equals(directory) || path.startsWith(directory.replaceFirst("/+$", "") + "/");
    }

    /** The path in a job that sees the volume. */
    String path() {
        return below.isEmpty() ? PartWork.DATA : PartWork.DATA + "/" + below;
    }
}
