package dev.prodstack.backup.work;

import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.server.Origin;
import dev.prodstack.backup.server.StoredPart;
import dev.prodstack.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Works on servers, by what they are. */
final class ServerWork {
    private ServerWork() {}

    static List<StoredPart> store(Repository repository, Origin origin, ServerAccess server)
            throws IOException, InterruptedException {
        throw new IOException("This version cannot back up " + server.what() + ". Use a newer image.");
    }

    static Map<String, String> restore(
            Repository repository, Origin origin, Work.RestoreServer work, List<StoredSnapshot> snapshots)
            throws IOException, InterruptedException {
        throw new IOException("This version cannot restore " + work.server().what() + ". Use a newer image.");
    }
}
