package dev.prodstack.cli;

import dev.prodstack.backup.crypto.Scrypt;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.storage.DirectoryStorage;
import dev.prodstack.backup.storage.Storage;
import dev.prodstack.backup.storage.cache.Cache;
import dev.prodstack.backup.storage.s3.S3Credentials;
import dev.prodstack.backup.storage.s3.S3Settings;
import dev.prodstack.backup.storage.s3.S3Storage;
import dev.prodstack.cli.outcome.Failure;
import dev.prodstack.core.backup.RepositorySpec.Addressing;
import dev.prodstack.core.backup.RepositorySpec.ObjectLock;
import dev.prodstack.core.value.ByteSize;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/**
 * The options that say which backup repository is meant, and how it is reached and opened. A password is never among
 * the arguments, which every user of a machine can read.
 */
final class RepositoryOptions {
    private static final Pattern OBJECT_LOCK = Pattern.compile("(governance|compliance):(\\d{1,5})d?");

    @Option(
            names = {"-r", "--repo"},
            paramLabel = "ADDRESS",
            description =
                    "A directory, or s3:https://SERVER/BUCKET/PREFIX (env: PRODSTACK_REPO, else RESTIC_REPOSITORY).")
    private Optional<String> address = Optional.empty();

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description =
                    "Read the password from a file (env: PRODSTACK_REPO_PASSWORD_FILE; the password itself: PRODSTACK_REPO_PASSWORD).")
    private Optional<String> passwordFile = Optional.empty();

    @Option(
            names = "--password-command",
            paramLabel = "COMMAND",
            description = "Read the password from what a shell command prints (env: PRODSTACK_REPO_PASSWORD_COMMAND).")
    private Optional<String> passwordCommand = Optional.empty();

    @Option(
            names = "--insecure-no-password",
            description = "The repository has an empty password: everybody who can read its files can open it.")
    private boolean noPassword;

    @Option(names = "--region", paramLabel = "REGION", description = "S3: the region (env: AWS_REGION).")
    private Optional<String> region = Optional.empty();

    @Option(
            names = "--s3-key-files",
            paramLabel = "ID,SECRET",
            description =
                    "S3: the files that hold the access key's id and the secret key. By default the environment (AWS_ACCESS_KEY_ID and others), ~/.aws, or the machine's role.")
    private Optional<String> keyFiles = Optional.empty();

    @Option(
            names = "--s3-addressing",
            paramLabel = "STYLE",
            description = "S3: path or virtual-host. By default path, and virtual-host at Amazon's.")
    private Optional<String> addressing = Optional.empty();

    @Option(
            names = "--s3-cacert",
            paramLabel = "FILE",
            description = "S3: trust the authorities in this file (PEM) too.")
    private Optional<String> authorities = Optional.empty();

    @Option(
            names = "--s3-storage-class",
            paramLabel = "CLASS",
            description = "S3: the storage class of packs, such as STANDARD_IA.")
    private Optional<String> storageClass = Optional.empty();

    @Option(
            names = "--s3-object-lock",
            paramLabel = "MODE:DAYS",
            description = "S3: lock what is written, such as governance:30.")
    private Optional<String> objectLock = Optional.empty();

    @Option(names = "--connections", paramLabel = "N", description = "S3: the most requests at a time. By default 5.")
    private Optional<Integer> connections = Optional.empty();

    @Option(names = "--limit-upload", paramLabel = "SIZE", description = "S3: the most bytes a second, such as 10M.")
    private Optional<String> uploadLimit = Optional.empty();

    @Option(names = "--limit-download", paramLabel = "SIZE", description = "S3: the most bytes a second, such as 10M.")
    private Optional<String> downloadLimit = Optional.empty();

    @Option(
            names = "--retry-lock",
            paramLabel = "DURATION",
            description = "How long to wait while somebody else has the repository locked; by default not at all.")
    private String retryLock = "0s";

    @Option(
            names = "--cache-dir",
            paramLabel = "DIR",
            description =
                    "S3: where copies of indexes, snapshots and trees are kept (env: PRODSTACK_CACHE_DIR; by default below XDG_CACHE_HOME or ~/.cache).")
    private Optional<String> cacheDirectory = Optional.empty();

    @Option(names = "--no-cache", description = "S3: keep no copies on this machine, and use none.")
    private boolean noCache;

    RepositoryOptions() {}

    /**
     * Opens the repository; one that is far away with copies nearby.
     *
     * @throws Failure if the options make no sense
     * @throws IOException if it is not there, or does not open
     */
    Repository open(Context context) throws IOException {
        Repository itself = openItself(context);
        return noCache || itself.storage() instanceof DirectoryStorage
                ? itself
                : itself.cached(Cache.at(cacheDirectory(context)));
    }

    /** Opens the repository as it is, whatever copies of it there are. */
    Repository openItself(Context context) throws IOException {
        return with(context, Repository::open);
    }

    private Path cacheDirectory(Context context) {
        Map<String, String> environment = context.surroundings().environment();
        Path current = context.surroundings().workingDirectory();
        return cacheDirectory
                .or(() -> Optional.ofNullable(environment.get("PRODSTACK_CACHE_DIR")))
                .filter(word -> !word.isBlank())
                .map(current::resolve)
                .orElseGet(() -> Optional.ofNullable(environment.get("XDG_CACHE_HOME"))
                        .filter(word -> !word.isBlank())
                        .map(Path::of)
                        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
                        .resolve("prodstack")
                        .resolve("repositories"));
    }

    /** Opens what can be opened of a damaged repository, and says what is damaged. */
    Repository salvage(Context context) throws IOException {
        return with(
                context,
                (storage, password) -> Repository.open(
                        storage,
                        password,
                        (file, damage) -> context.messages().note(String.valueOf(damage.getMessage()))));
    }

    /** Makes a new repository. */
    Repository init(Context context) throws IOException {
        return noPassword
                ? new Opened(storage(context)).use(Repository::initWithoutPassword)
                : with(context, Repository::init);
    }

    /** Makes a new repository that cuts files where another does. */
    Repository initLike(Repository other, Context context) throws IOException {
        return with(context, (storage, password) -> Repository.initLike(other, storage, password, Scrypt.STANDARD));
    }

    /** Another repository that is reached alike. */
    RepositoryOptions other(String place, Optional<String> file, Optional<String> command) {
        RepositoryOptions other = new RepositoryOptions();
        other.address = Optional.of(place);
        other.passwordFile = file.isPresent() || command.isPresent() ? file : passwordFile;
        other.passwordCommand = file.isPresent() || command.isPresent() ? command : passwordCommand;
        other.region = region;
        other.keyFiles = keyFiles;
        other.addressing = addressing;
        other.authorities = authorities;
        other.storageClass = storageClass;
        other.objectLock = objectLock;
        other.connections = connections;
        other.uploadLimit = uploadLimit;
        other.downloadLimit = downloadLimit;
        other.cacheDirectory = cacheDirectory;
        other.noCache = noCache;
        other.retryLock = retryLock;
        return other;
    }

    private Repository with(Context context, Opening opening) throws IOException {
        Duration patience = LockOptions.patience("--retry-lock", retryLock);
        Repository repository = new Opened(storage(context)).use(storage -> {
            char[] password = password(context);
            try {
                return opening.open(storage, password);
            } finally {
                Arrays.fill(password, '\0');
            }
        });
        repository.waitForLocks(
                patience, locked -> context.messages().note(locked.getMessage() + " Waiting, as --retry-lock says."));
        return repository;
    }

    private char[] password(Context context) throws IOException {
        if (noPassword) {
            return new char[0];
        }
        return new RepositoryPassword(context.surroundings(), "PRODSTACK_REPO_PASSWORD", "RESTIC_PASSWORD")
                .read(passwordFile, passwordCommand);
    }

    /**
     * How the repository is reached, which has to be in S3.
     *
     * @throws Failure if it is not
     */
    S3Settings s3(Context context) {
        String place = place(context);
        if (!place.startsWith("s3:")) {
            throw Failure.usage("the repository " + place + " is not in S3", "only a bucket keeps versions of files");
        }
        return settings(place, context.surroundings().workingDirectory());
    }

    private String place(Context context) {
        Map<String, String> environment = context.surroundings().environment();
        return address.or(() -> Optional.ofNullable(environment.get("PRODSTACK_REPO")))
                .or(() -> Optional.ofNullable(environment.get("RESTIC_REPOSITORY")))
                .filter(word -> !word.isBlank())
                .orElseThrow(() -> Failure.usage(
                        "no repository is named", "add --repo with a directory or s3:https://SERVER/BUCKET/PREFIX"));
    }

    /** What holds the repository's files. */
    private Storage storage(Context context) throws IOException {
        String place = place(context);
        Path directory = context.surroundings().workingDirectory();
        if (place.startsWith("s3:")) {
            return S3Storage.with(settings(place, directory));
        }
        if (place.matches("(?i)(sftp|rest|b2|azure|gs|swift|rclone):.*")) {
            throw Failure.usage(
                    "repositories at " + place.substring(0, place.indexOf(':')) + ": cannot be reached",
                    "use a directory or s3:");
        }
        return DirectoryStorage.at(directory.resolve(place.startsWith("local:") ? place.substring(6) : place));
    }

    private S3Settings settings(String place, Path directory) {
        S3Settings settings = parsed("--repo", place, S3Settings::at);
        settings = keyFiles.isPresent()
                ? settings.credentials(parsed("--s3-key-files", keyFiles.get(), word -> keys(word, directory)))
                : settings;
        settings = region.isPresent() ? settings.region(region.get()) : settings;
        settings = addressing.isPresent()
                ? settings.addressing(parsed("--s3-addressing", addressing.get(), RepositoryOptions::style))
                : settings;
        settings = authorities.isPresent() ? settings.authorities(directory.resolve(authorities.get())) : settings;
        settings = storageClass.isPresent() ? settings.storageClass(storageClass.get()) : settings;
        settings = objectLock.isPresent()
                ? settings.objectLock(parsed("--s3-object-lock", objectLock.get(), RepositoryOptions::lock))
                : settings;
        settings = connections.isPresent() ? settings.connections(connections.get()) : settings;
        settings = uploadLimit.isPresent()
                ? settings.uploadLimit(parsed("--limit-upload", uploadLimit.get(), ByteSize::parse))
                : settings;
        return downloadLimit.isPresent()
                ? settings.downloadLimit(parsed("--limit-download", downloadLimit.get(), ByteSize::parse))
                : settings;
    }

    private static S3Credentials keys(String word, Path directory) {
        String[] files = word.split(",", -1);
        if (files.length < 2 || files.length > 3) {
            throw new IllegalArgumentException("expected two files, with a comma between them");
        }
        return new S3Credentials.KeyFiles(
                directory.resolve(files[0]),
                directory.resolve(files[1]),
                files.length == 3 ? Optional.of(directory.resolve(files[2])) : Optional.empty());
    }

    private static Addressing style(String word) {
        return switch (word) {
            case "path" -> Addressing.PATH;
            case "virtual-host" -> Addressing.VIRTUAL_HOST;
            default -> throw new IllegalArgumentException("expected path or virtual-host");
        };
    }

    private static ObjectLock lock(String word) {
        Matcher form = OBJECT_LOCK.matcher(word);
        if (!form.matches()) {
            throw new IllegalArgumentException("expected governance:DAYS or compliance:DAYS");
        }
        return new ObjectLock(
                ObjectLock.Mode.valueOf(form.group(1).toUpperCase(Locale.ROOT)),
                Duration.ofDays(Long.parseLong(form.group(2))));
    }

    private static <T> T parsed(String option, String word, Form<T> form) {
        try {
            return form.parse(word);
        } catch (IllegalArgumentException e) {
            throw Failure.usage(option + " cannot be \"" + word + "\": " + e.getMessage(), "correct it");
        }
    }

    private interface Form<T> {
        T parse(String word);
    }

    private interface Opening {
        Repository open(Storage storage, char[] password) throws IOException;
    }

    /** A storage that is closed again unless a repository takes it. */
    private record Opened(Storage storage) {
        private interface Use {
            Repository of(Storage storage) throws IOException;
        }

        Repository use(Use use) throws IOException {
            boolean taken = false;
            try {
                Repository repository = use.of(storage);
                taken = true;
                return repository;
            } finally {
                if (!taken) {
                    storage.close();
                }
            }
        }
    }
}
