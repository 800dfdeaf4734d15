package dev.prodstack.core.backup;

import dev.prodstack.core.cron.CronSchedule;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * How a stack is backed up as a whole.
 *
 * @param repository where to
 * @param schedule when
 * @param retention which backups are kept
 * @param order services in the order in which they are read; the others follow in the order of the file. A service that
 *     refers to another one's data comes before it: what it refers to is then in the backup
 * @param verification what is checked after each backup
 * @param offsite the copy in another place
 * @param drill the restore that is tried regularly
 * @param secrets keys of the secrets whose values are in the backup too: Swarm hands them out to nobody but a
 *     container, so a job reads them
 */
public record BackupPlan(
        RepositorySpec repository,
        Schedule schedule,
        Retention retention,
        List<String> order,
        Verification verification,
        Optional<Offsite> offsite,
        Optional<Drill> drill,
        List<String> secrets) {
    /** Copies the collections and checks that no service is ordered twice. */
    public BackupPlan {
        Objects.requireNonNull(repository, "repository");
        Objects.requireNonNull(schedule, "schedule");
        Objects.requireNonNull(retention, "retention");
        Objects.requireNonNull(verification, "verification");
        Objects.requireNonNull(drill, "drill");
        order = List.copyOf(order);
        secrets = List.copyOf(secrets);
        for (String service : order) {
            if (order.indexOf(service) != order.lastIndexOf(service)) {
                throw new IllegalArgumentException("the service " + service + " is ordered twice");
            }
        }
        if (offsite.isPresent() && offsite.get().repository().location().equals(repository.location())) {
            throw new IllegalArgumentException("the offsite copy is in the same place as the repository");
        }
    }

    /**
     * When backups run.
     *
     * @param when the times
     * @param catchUp how long after a missed time, for instance because nothing ran then, a backup is still made up
     *     for; zero for never
     */
    public record Schedule(CronSchedule when, Duration catchUp) {
        /** How long a missed backup is made up for where a plan does not say. */
        public static final Duration DEFAULT_CATCH_UP = Duration.ofHours(12);

        private static final String DAILY_AT_TWO = "0 2 * * *";

        /** Checks that the time is not negative. */
        public Schedule {
            Objects.requireNonNull(when, "when");
            if (catchUp.isNegative()) {
                throw new IllegalArgumentException("a time is not negative");
            }
        }

        /** Daily at 02:00. */
        public static Schedule daily(ZoneId zone) {
            return new Schedule(CronSchedule.of(DAILY_AT_TWO, zone), DEFAULT_CATCH_UP);
        }
    }

    /** What is checked after each backup. The structure always is: every object that a snapshot needs is there. */
    public sealed interface Verification {

        /** Levels without a setting. */
        enum Level implements Verification {
            /** The structure alone. */
            STRUCTURE,
            /** The structure, and every byte of the data. */
            DATA;

            /** The name as Compose files write it. */
            @Override
            public String toString() {
                return name().toLowerCase(Locale.ROOT);
            }
        }

        /**
         * The structure, and another part of the data each time, so that all of it is read in turn.
         *
         * @param parts in how many parts, 2 or more
         */
        record Rotating(int parts) implements Verification {
            /** The parts where a plan does not say: with daily backups, all data is read every 30 days. */
            public static final int DEFAULT_PARTS = 30;

            /** Checks the range. */
            public Rotating {
                if (parts < 2) {
                    throw new IllegalArgumentException("expected 2 parts or more, not " + parts);
                }
            }
        }

        /** A thirtieth of the data each time. */
        static Verification standard() {
            return new Rotating(Rotating.DEFAULT_PARTS);
        }
    }

    /**
     * The copy in another place.
     *
     * @param repository where to
     * @param schedule when; after each backup where absent
     * @param retention which backups are kept there; the same as in the first place where absent
     */
    public record Offsite(RepositorySpec repository, Optional<CronSchedule> schedule, Optional<Retention> retention) {
        /** Checks that nothing is missing. */
        public Offsite {
            Objects.requireNonNull(repository, "repository");
            Objects.requireNonNull(schedule, "schedule");
            Objects.requireNonNull(retention, "retention");
        }
    }

    /**
     * The restore of the newest backup into a throw-away stack, which is checked and taken down again.
     *
     * @param schedule when
     * @param timeout how long it may take; above zero
     * @param requests requests that the restored application must answer
     */
    public record Drill(CronSchedule schedule, Duration timeout, List<Request> requests) {
        /** How long a drill may take where a plan does not say. */
        public static final Duration DEFAULT_TIMEOUT = Duration.ofHours(4);

        private static final String MONTHLY = "0 4 1 * *";

        /** Checks the time. */
        public Drill {
            Objects.requireNonNull(schedule, "schedule");
            requests = List.copyOf(requests);
            if (timeout.isNegative() || timeout.isZero()) {
                throw new IllegalArgumentException("a timeout must be above zero");
            }
        }

        /** On the first of each month at 04:00. */
        public static Drill monthly(ZoneId zone) {
            return new Drill(CronSchedule.of(MONTHLY, zone), DEFAULT_TIMEOUT, List.of());
        }
    }

    /**
     * An HTTP request to a service of the restored stack.
     *
     * @param service the service's name
     * @param port the port in its containers
     * @param path the path, with a slash first
     * @param status the answer's status that is expected, 100 to 599
     */
    public record Request(String service, int port, String path, int status) {
        /** The status where a plan does not say. */
        public static final int OK = 200;

        /** Checks the ranges. */
        public Request {
            if (service.isBlank()) {
                throw new IllegalArgumentException("expected the name of a service");
            }
            if (port < 1 || port > 65_535) {
                throw new IllegalArgumentException("expected a port between 1 and 65535, not " + port);
            }
            checkedPath(path);
            if (status < 100 || status > 599) {
                throw new IllegalArgumentException("expected a status between 100 and 599, not " + status);
            }
        }

        /**
         * A path, unchanged.
         *
         * @throws IllegalArgumentException if it does not begin with a slash
         */
        public static String checkedPath(String path) {
            if (!path.startsWith("/")) {
                throw new IllegalArgumentException("expected a path such as /health");
            }
            return path;
        }
    }
}
