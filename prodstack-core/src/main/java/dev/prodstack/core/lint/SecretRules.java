package dev.prodstack.core.lint;

import static dev.prodstack.core.lint.Severity.INFO;
import static dev.prodstack.core.lint.Severity.WARNING;

import dev.prodstack.core.lint.Rule.Report;
import dev.prodstack.core.stack.FileReference;
import dev.prodstack.core.value.FileMode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who can read what should be secret. */
final class SecretRules {
    private static final Pattern SECRET_NAME =
            Pattern.compile("(?:.*[_.-])?(?:[a-z]*passw(?:or)?d|passphrase|passwd|pwd"
                    + "|[a-z]*secret|[a-z]*token|credentials?|(?:api|app|access|secret|private|encryption|signing|master|auth)[_-]?key"
                    + "|secret[_-]?key[_-]?base)(?:[_-]?\\d+)?");
    /** Matching takes time with the square of the length; no real name is longer. */
    private static final int LONGEST_NAME = 200;

    private static final Pattern NO_SECRET = Pattern.compile("(?i)|true|false|yes|no|on|off|\\d{1,4}|none|null|/.*");
    private static final Pattern URL_WITH_PASSWORD = Pattern.compile("(?s).*://[^/@:\\s]*:[^/@\\s]+@.*");
    private static final Pattern SECRET_ARGUMENT = Pattern.compile(
            "(--?[a-zA-Z0-9_.-]*(?:passw(?:or)?d|passphrase|secret|token|requirepass|api-?key))(?:[= ]+(.+))?",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Set<Integer> USUAL_MODES =
            Set.of(400, 440, 444, 500, 550, 555, 600, 640, 644, 660, 664, 666, 700, 750, 755, 770, 775, 777);
    private static final int READABLE_BY_OTHERS = 04;
    private static final FileMode DEFAULT_MODE = new FileMode(0444);

    static final List<Rule> ALL = List.of(
            Rule.ofService(
                    "secret-in-environment",
                    WARNING,
                    "Environment variables are part of the service: whoever may inspect it reads them, crash reports"
                            + " and child processes carry them on, and the file with the value lies around. A secret"
                            + " is encrypted in the cluster and a file in memory for the task alone.",
                    SecretRules::inEnvironment),
            Rule.ofService(
                    "secret-in-command",
                    WARNING,
                    "A command line is part of the service, and every process on the node can read it while the task"
                            + " runs.",
                    SecretRules::inCommand),
            Rule.ofService(
                    "secret-world-readable",
                    INFO,
                    "A secret's file has mode 0444 unless told otherwise: any process in the container can read it,"
                            + " whatever user it runs as.",
                    SecretRules::worldReadable),
            Rule.ofService(
                    "decimal-file-mode",
                    WARNING,
                    "A mode without a leading zero is a decimal number: 440 is not 0440 but 0670, with which the group may"
                            + " write, and 444 is 0674.",
                    SecretRules::decimalMode));

    private SecretRules() {}

    private static void inEnvironment(ServiceFacts service, Report report) {
        service.service().environment().forEach((name, value) -> {
            if (value.isEmpty() || NO_SECRET.matcher(value.get()).matches()) {
                return;
            }
            boolean named = name.length() <= LONGEST_NAME
                    && SECRET_NAME.matcher(name.toLowerCase(Locale.ROOT)).matches();
            if (named || URL_WITH_PASSWORD.matcher(value.get()).matches()) {
                report.add(
                        "environment." + name,
                        name + (named ? " looks like a secret" : " is a URL with a password in it")
                                + " and is in plain sight",
                        "make it a secret and pass its path; many images read " + name + "_FILE: /run/secrets/"
                                + name.toLowerCase(Locale.ROOT));
            }
        });
    }

    private static void inCommand(ServiceFacts service, Report report) {
        service.service().process().command().ifPresent(words -> inWords("command", words, report));
        service.service().process().entrypoint().ifPresent(words -> inWords("entrypoint", words, report));
    }

    private static void inWords(String path, List<String> words, Report report) {
        Indexed.forEach(words, (index, word) -> {
            Matcher argument = SECRET_ARGUMENT.matcher(word);
            if (!argument.matches()) {
                return;
            }
            Optional<String> next = index + 1 < words.size() ? Optional.of(words.get(index + 1)) : Optional.empty();
            Optional<String> value = Optional.ofNullable(argument.group(2)).or(() -> next);
            if (value.filter(SecretRules::isLiteral).isPresent()) {
                report.add(
                        path,
                        "the argument " + argument.group(1) + " is in plain sight",
                        "let the program read a secret's file, or read it in a shell:"
                                + " exec program --password \"$$(cat /run/secrets/password)\"");
            }
        });
    }

    private static boolean isLiteral(String value) {
        return !value.startsWith("-")
                && !value.startsWith("$")
                && !NO_SECRET.matcher(value).matches();
    }

    private static void worldReadable(ServiceFacts service, Report report) {
        Indexed.forEach(service.service().secrets(), (index, secret) -> {
            FileMode mode = secret.mode().orElse(DEFAULT_MODE);
            if ((mode.bits() & READABLE_BY_OTHERS) != 0 && !isDecimal(mode)) {
                report.add(
                        "secrets[" + index + "]",
                        "every user in the container can read " + secret.source() + ": mode " + mode
                                + (secret.mode().isPresent() ? "" : ", Swarm's default"),
                        "set uid to the user that needs it and mode: 0400");
            }
        });
    }

    private static void decimalMode(ServiceFacts service, Report report) {
        decimalMode("secrets", service.service().secrets(), report);
        decimalMode("configs", service.service().configs(), report);
    }

    private static void decimalMode(String kind, List<FileReference> files, Report report) {
        Indexed.forEach(
                files,
                (index, file) -> file.mode()
                        .filter(SecretRules::isDecimal)
                        .ifPresent(mode -> report.add(
                                kind + "[" + index + "].mode",
                                "mode " + mode.bits() + " is " + mode + " in octal",
                                "write mode: 0" + mode.bits())));
    }

    /** Whether a mode looks like the decimal reading of digits that were meant as octal. */
    private static boolean isDecimal(FileMode mode) {
        return USUAL_MODES.contains(mode.bits());
    }
}
