package dev.prodstack.backup.work;

import dev.prodstack.backup.postgres.DataDirectory.Old;
import java.util.List;
import java.util.Map;

/** What a job is to do. Words that do not apply are empty. */
public sealed interface Work {
    /** The repository that it is done with. */
    RepositoryAccess repository();

    /**
     * What is stored is a part of.
     *
     * @param stack the stack
     * @param service the service's key
     * @param source what its policy calls the source
     * @param backup the id of the backup
     */
    record Label(String stack, String service, String source, String backup) {}

    /**
     * Opens the repository, and says which it is.
     *
     * @param repository the repository
     * @param make whether it is made if it is not there
     */
    record Prepare(RepositoryAccess repository, boolean make) implements Work {}

    /**
     * Stores the files below a directory.
     *
     * @param repository where to
     * @param label what it is a part of
     * @param path the directory
     * @param exclude patterns of paths below it that are left out
     */
    record StoreFiles(RepositoryAccess repository, Label label, String path, List<String> exclude) implements Work {}

    /**
     * Stores a text.
     *
     * @param repository where to
     * @param label what it is a part of
     * @param kind what of it
     * @param name the name of its file
     * @param text its content
     */
    record StoreText(RepositoryAccess repository, Label label, String kind, String name, String text) implements Work {}

    /**
     * Stores what a server has.
     *
     * @param repository where to
     * @param label what it is a part of
     * @param server which, and who one is there
     */
    record StoreServer(RepositoryAccess repository, Label label, ServerAccess server) implements Work {}

    /**
     * Makes the files below a directory as they are in a snapshot: what is not there is removed.
     *
     * @param repository where from
     * @param snapshots the snapshot's id, alone
     * @param path the directory
     */
    record RestoreFiles(RepositoryAccess repository, List<String> snapshots, String path) implements Work {}

    /**
     * Gives a server what snapshots have.
     *
     * @param repository where from
     * @param label what the snapshots are a part of
     * @param kind what of it
     * @param snapshots the ids of the snapshots
     * @param server which, and who one is there
     */
    record RestoreServer(
            RepositoryAccess repository, Label label, String kind, List<String> snapshots, ServerAccess server)
            implements Work {}

    /**
     * Compares the files below a directory with a snapshot, all of them.
     *
     * @param repository where the snapshot is
     * @param snapshots the snapshot's id, alone
     * @param path the directory
     */
    record CompareFiles(RepositoryAccess repository, List<String> snapshots, String path) implements Work {}

    /**
     * Compares what a server has with snapshots.
     *
     * @param repository where the snapshots are
     * @param kind what they are of
     * @param snapshots their ids
     * @param facts what the backup's record has of the part
     * @param server which, and who one is there
     */
    record CompareServer(
            RepositoryAccess repository,
            String kind,
            List<String> snapshots,
            Map<String, String> facts,
            ServerAccess server)
            implements Work {}

    /**
     * Asks a service over HTTP, until it answers as expected or a minute is over.
     *
     * @param repository not opened
     * @param url what is asked
     * @param status the answer's status that is expected
     */
    record Ask(RepositoryAccess repository, String url, int status) implements Work {}

    /**
     * Says which backups of a stack there are.
     *
     * @param repository where
     * @param stack the stack
     */
    record ListBackups(RepositoryAccess repository, String stack) implements Work {}

    /**
     * Checks the repository's structure, and a part of its data.
     *
     * @param repository which
     * @param part which part of the data, from 1; 0 for none
     * @param of of how many
     * @param snapshots ids of snapshots that must be there
     */
    record Verify(RepositoryAccess repository, int part, int of, List<String> snapshots) implements Work {}

    /**
     * Forgets the backups of a stack that no rule keeps, and frees their room.
     *
     * @param repository where
     * @param stack the stack
     * @param keep restic's rules by name ({@code last}, {@code daily}, ...): counts, and {@code within}: a span
     * @param tags labels that keep a backup
     */
    record Forget(RepositoryAccess repository, String stack, Map<String, String> keep, List<String> tags)
            implements Work {}

    /**
     * Copies the backups of a stack that another repository lacks.
     *
     * @param repository where from
     * @param target where to; made if it is not there
     * @param stack the stack
     */
    record CopyOffsite(RepositoryAccess repository, RepositoryAccess target, String stack) implements Work {}

    /**
     * Receives a server's log and stores it, and says how that goes by lines of {@link WalNews}.
     *
     * @param repository where to
     * @param label whose log it is
     * @param server which, and who one is there
     * @param storeEveryMillis the longest time between two writes
     * @param seconds for how long; another job goes on then
     */
    record ReceiveWal(
            RepositoryAccess repository, Label label, ServerAccess server, long storeEveryMillis, long seconds)
            implements Work {}

    /**
     * Puts the whole segments of a service's log into a snapshot.
     *
     * @param repository where
     * @param label whose log it is
     */
    record FoldWal(RepositoryAccess repository, Label label) implements Work {}

    /**
     * Says from which base backup and log a moment is reached.
     *
     * @param repository where
     * @param stack the stack that was backed up
     * @param service the service's key
     * @param moment which moment
     */
    record PlanRecovery(RepositoryAccess repository, String stack, String service, Moment moment) implements Work {}

    /**
     * Makes the data directory of a server that does not run as it was at a moment.
     *
     * @param repository where from
     * @param stack the stack that was backed up
     * @param service the service's key
     * @param moment which moment
     * @param directory the data directory
     * @param old what becomes of what is there
     */
    record Recover(RepositoryAccess repository, String stack, String service, Moment moment, String directory, Old old)
            implements Work {}

    /**
     * Settles which content of a data directory stays. The repository is not opened.
     *
     * @param repository any
     * @param directory the data directory
     * @param putBack whether it is what was there before
     */
    record SettleRecovery(RepositoryAccess repository, String directory, boolean putBack) implements Work {}

    /**
     * Waits until a server that replays log takes writes. The repository is not opened.
     *
     * @param repository any
     * @param server which, and who one is there
     * @param seconds how long
     */
    record AwaitWrites(RepositoryAccess repository, ServerAccess server, long seconds) implements Work {}
}
