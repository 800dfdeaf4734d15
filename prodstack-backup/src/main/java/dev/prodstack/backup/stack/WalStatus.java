package dev.prodstack.backup.stack;

import dev.prodstack.backup.work.WalNews;
import java.time.Instant;
import java.util.Optional;

/**
 * How it stands with the log of one server.
 *
 * @param current up to when, by the server's clock, all that it had is stored; since when it is received, where nothing
 *     was stored yet
 * @param bytes how many bytes were stored since the service began
 * @param gaps how many times log was missing since then
 * @param troubles how many times the server or the repository could not be reached since then
 * @param baseDue why a base backup is due; empty if none is, or that is not known
 * @param dueSince when that was seen first
 * @param bases how many base backups were taken since then because one was due
 */
public record WalStatus(
        Instant current, long bytes, long gaps, long troubles, String baseDue, Optional<Instant> dueSince, long bases) {
    /** Nothing is known yet. */
    static WalStatus since(Instant begun) {
        return new WalStatus(begun, 0, 0, 0, "", Optional.empty(), 0);
    }

    /** After some news. */
    WalStatus after(WalNews news) {
        return switch (news.kind()) {
            case STORED, CURRENT ->
                new WalStatus(
                        news.at().isAfter(current) ? news.at() : current,
                        bytes + news.bytes(),
                        gaps,
                        troubles,
                        baseDue,
                        dueSince,
                        bases);
            case GAP -> new WalStatus(current, bytes, gaps + 1, troubles, baseDue, dueSince, bases);
            case TROUBLE -> new WalStatus(current, bytes, gaps, troubles + 1, baseDue, dueSince, bases);
            case BASE_DUE ->
                new WalStatus(
                        current, bytes, gaps, troubles, news.text(), dueSince.or(() -> Optional.of(news.at())), bases);
            case BASE_FINE -> new WalStatus(current, bytes, gaps, troubles, "", Optional.empty(), bases);
            case BEGUN, FORKED -> this;
        };
    }

    /** After a base backup; whether another one is due is not known yet. */
    WalStatus afterBase() {
        return new WalStatus(current, bytes, gaps, troubles, "", Optional.empty(), bases + 1);
    }
}
