package dev.prodstack.cli;

import dev.prodstack.backup.stack.StackEvent;
import dev.prodstack.core.value.Data;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what happens while a stack is backed up or restored. */
final class BackupEvents implements Consumer<StackEvent> {
    private static final Pattern READ = Pattern.compile("(\\d+) bytes read, (\\d+) added");

    private final Context context;

    BackupEvents(Context context) {
        this.context = context;
    }

    @Override
    public synchronized void accept(StackEvent event) {
        Map<String, Data> fields = new LinkedHashMap<>();
        if (event instanceof StackEvent.Begun begun) {
            fields.put("event", Data.of("begun"));
            fields.put("what", Data.of(begun.what()));
            say(begun.what() + " ...", fields);
        } else if (event instanceof StackEvent.Done done) {
            fields.put("event", Data.of("done"));
            fields.put("what", Data.of(done.what()));
            fields.put("text", Data.of(done.text()));
            fields.put("seconds", Data.of(done.took().toSeconds()));
            String text = done.text().isEmpty() ? "" : ": " + sized(done.text());
            say(done.what() + " done in " + seconds(done.took()) + text, fields);
        } else if (event instanceof StackEvent.Failed failed) {
            fields.put("event", Data.of("failed"));
            fields.put("what", Data.of(failed.what()));
            fields.put("reason", Data.of(failed.reason()));
            say(failed.what() + " FAILED: " + failed.reason(), fields);
        } else if (event instanceof StackEvent.Progress progress) {
            fields.put("event", Data.of("progress"));
            fields.put("what", Data.of(progress.what()));
            fields.put("files", Data.of(progress.files()));
            fields.put("bytes", Data.of(progress.bytes()));
            fields.put("total_bytes", Data.of(progress.totalBytes()));
            String total = progress.totalBytes() == 0 ? "" : " of " + Sizes.of(progress.totalBytes());
            say(progress.what() + "  " + Sizes.of(progress.bytes()) + total, fields);
        } else if (event instanceof StackEvent.Note note) {
            context.messages().note("  " + note.what() + ": " + note.text());
        }
    }

    private void say(String text, Map<String, Data> fields) {
        context.messages().progress("  " + text, fields);
    }

    private static String sized(String text) {
        Matcher bytes = READ.matcher(text);
        return bytes.matches()
                ? Sizes.of(Long.parseLong(bytes.group(1))) + " read, " + Sizes.of(Long.parseLong(bytes.group(2)))
                        + " added"
                : text;
    }

    /** {@code 3.2 s}, or {@code 0:02:03} from a minute on. */
    static String seconds(Duration time) {
        return time.toSeconds() < 60
                ? String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3)
                : RepositoryProgress.clock(time);
    }
}
