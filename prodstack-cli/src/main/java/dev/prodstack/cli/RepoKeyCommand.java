package dev.prodstack.cli;

import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.crypto.Scrypt;
import dev.prodstack.backup.repository.Keys;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.repository.StoredKey;
import dev.prodstack.cli.display.OutputFormat;
import dev.prodstack.cli.display.Table;
import dev.prodstack.cli.outcome.ExitCode;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.core.value.Data;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code prodstack repo key}. */
@Command(
        name = "key",
        header = "List, add, remove and change the passwords of a repository.",
        description = {
            "prodstack repo key list",
            "prodstack repo key add --new-password-file pw2",
            "prodstack repo key passwd --new-password-file pw2   instead of this one",
            "prodstack repo key remove 1c20b7f3",
        },
        customSynopsis = "prodstack repo key ACTION [KEY] [OPTIONS]",
        footer = {
            "Who has had a password can have kept what it opens: a removed password keeps out",
            "only who has not used it.",
        })
final class RepoKeyCommand extends RepositoryAction {
    @Parameters(index = "0", paramLabel = "ACTION", description = "list, add, remove or passwd.")
    private String action = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "KEY", description = "Which to remove, as list shows it.")
    private Optional<String> key = Optional.empty();

    @Option(
            names = "--new-password-file",
            paramLabel = "FILE",
            description = "Read the new password from a file (env: PRODSTACK_REPO_NEW_PASSWORD, the password itself).")
    private Optional<String> passwordFile = Optional.empty();

    @Option(
            names = "--new-password-command",
            paramLabel = "COMMAND",
            description = "Read the new password from what a shell command prints.")
    private Optional<String> passwordCommand = Optional.empty();

    RepoKeyCommand() {}

    @Override
    ExitCode run(Context context, Repository opened) throws IOException {
        Keys keys = opened.keys();
        switch (action) {
            case "list" -> print(context, keys.list());
            case "add" -> say(context, "Added the key ", with(context, keys::add));
            case "passwd" -> say(context, "Changed the password; its key is ", with(context, keys::change));
            case "remove" -> remove(context, keys);
            default -> throw Failure.usage("unknown action \"" + action + "\"", "use list, add, remove or passwd");
        }
        return ExitCode.DONE;
    }

    private static void say(Context context, String what, ContentId id) {
        OutputFormat format = context.format(OutputFormat.TABLE, OutputFormat.JSON);
        context.results()
                .print(
                        format == OutputFormat.JSON
                                ? format.print(Data.of(Map.of("key", Data.of(id.toString()))))
                                : what + id.brief() + ".\n");
    }

    private ContentId with(Context context, Change change) throws IOException {
        char[] password = new RepositoryPassword(context.surroundings(), "PRODSTACK_REPO_NEW_PASSWORD")
                .read(passwordFile, passwordCommand);
        try {
            return change.apply(password, Scrypt.STANDARD);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private void remove(Context context, Keys keys) throws IOException {
        String word = key.orElseThrow(() -> Failure.usage("no key is named", "prodstack repo key list shows them"));
        List<ContentId> meant = keys.list().stream()
                .map(StoredKey::id)
                .filter(id -> word.length() >= 4 && id.toString().startsWith(word.toLowerCase(Locale.ROOT)))
                .toList();
        if (meant.size() != 1) {
            throw Failure.failed(
                    "\"" + word + "\" is the beginning of " + meant.size() + " keys",
                    "prodstack repo key list shows them");
        }
        try {
            keys.remove(meant.get(0));
        } catch (IllegalArgumentException e) {
            throw Failure.failed(String.valueOf(e.getMessage()).replaceFirst("\\.$", ""), "");
        }
        say(context, "Removed the key ", meant.get(0));
    }

    private static void print(Context context, List<StoredKey> keys) {
        OutputFormat format = context.format(OutputFormat.TABLE, OutputFormat.JSON);
        Table table = new Table("", "KEY", "CREATED", "BY");
        keys.forEach(stored -> table.row(
                stored.current() ? "*" : "",
                stored.id().brief(),
                stored.created(),
                stored.username() + "@" + stored.hostname()));
        List<Data> items = keys.stream().map(RepoKeyCommand::data).toList();
        context.results()
                .print(format == OutputFormat.JSON ? format.print(Data.of(items)) : table.print(context.style()));
    }

    private static Data data(StoredKey stored) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("id", Data.of(stored.id().toString()));
        fields.put("current", Data.of(stored.current()));
        fields.put("created", Data.of(stored.created()));
        fields.put("username", Data.of(stored.username()));
        fields.put("hostname", Data.of(stored.hostname()));
        return Data.of(fields);
    }

    private interface Change {
        ContentId apply(char[] password, Scrypt cost) throws IOException;
    }
}
