package dev.prodstack.cli;

import dev.prodstack.backup.work.Moment;
import dev.prodstack.cli.outcome.Failure;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options that say to which moment databases are restored. */
final class MomentOptions {
    private static final Pattern OFFSET = Pattern.compile("(.*T.*)([+-]\\d\\d):?(\\d\\d)?");

    @Option(
            names = "--to-time",
            paramLabel = "TIME",
            description = "Databases as they were then, from a base backup and the log after it:"
                    + " 2026-11-26T10:31:00Z, or 2026-11-26 10:31 in UTC. All else from the newest backup before.")
    private Optional<String> time = Optional.empty();

    @Option(
            names = "--to-lsn",
            paramLabel = "LSN",
            description = "The same, up to a place in the log such as 16/B374D848.")
    private Optional<String> lsn = Optional.empty();

    @Option(
            names = "--to-name",
            paramLabel = "NAME",
            description = "The same, up to a point that pg_create_restore_point named.")
    private Optional<String> name = Optional.empty();

    /**
     * The moment; empty if none is given.
     *
     * @throws Failure if more than one is, or it makes no sense
     */
    Optional<Moment> moment() {
        if (Stream.of(time, lsn, name).filter(Optional::isPresent).count() > 1) {
            throw Failure.usage("more than one moment is given", "use one of --to-time, --to-lsn and --to-name");
        }
        Optional<Moment> atTime = time.map(MomentOptions::parse);
        return atTime.or(() -> lsn.map(its -> checked(Moment.Kind.LSN, its, "--to-lsn")))
                .or(() -> name.map(its -> checked(Moment.Kind.NAME, its, "--to-name")));
    }

    private static Moment checked(Moment.Kind kind, String value, String option) {
        try {
            return new Moment(kind, value);
        } catch (IllegalArgumentException e) {
            throw Failure.usage(option + " cannot be \"" + value + "\"", String.valueOf(e.getMessage()));
        }
    }

    private static Moment parse(String text) {
        return Moment.at(instant("--to-time", text));
    }

    /**
     * The instant that the value of an option says.
     *
     * @throws Failure if it says none
     */
    static Instant instant(String option, String text) {
        try {
            return instant(text.strip().replaceFirst("^(\\S+) +", "$1T"));
        } catch (DateTimeException e) {
            throw Failure.usage(
                    option + " cannot be \"" + text + "\"",
                    "write it like 2026-11-26T10:31:00Z, or \"2026-11-26 10:31\" in UTC");
        }
    }

    private static Instant instant(String word) {
        Matcher offset = OFFSET.matcher(word);
        if (word.endsWith("Z")) {
            return OffsetDateTime.parse(word).toInstant();
        } else if (offset.matches()) {
            String minutes = Optional.ofNullable(offset.group(3)).orElse("00");
            return OffsetDateTime.parse(offset.group(1) + offset.group(2) + ":" + minutes)
                    .toInstant();
        }
        return LocalDateTime.parse(word).toInstant(ZoneOffset.UTC);
    }
}
