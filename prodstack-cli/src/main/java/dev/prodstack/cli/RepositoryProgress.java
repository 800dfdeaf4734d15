package dev.prodstack.cli;

import dev.prodstack.backup.progress.Progress;
import dev.prodstack.cli.outcome.Counted;
import dev.prodstack.core.value.Data;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Says now and then how far a command on a repository is. */
final class RepositoryProgress implements Consumer<Progress> {
    private static final Duration PAUSE = Duration.ofSeconds(3);

    private final Context context;
    private final String doing;
    private Duration due = PAUSE;

    /** With what is being done to files, such as {@code restored}. */
    RepositoryProgress(Context context, String doing) {
        this.context = context;
        this.doing = doing;
    }

    @Override
    public synchronized void accept(Progress progress) {
        if (progress.elapsed().compareTo(due) >= 0) {
            due = progress.elapsed().plus(PAUSE);
            context.messages().progress(text(progress), fields(progress));
        }
    }

    private String text(Progress progress) {
        String total =
                progress.totalBytes().map(bytes -> " of " + Sizes.of(bytes)).orElse("");
        String percent = progress.totalBytes()
                .filter(bytes -> bytes > 0)
                .map(bytes -> progress.bytes() * 100 / bytes + " %  ")
                .orElse("");
        String left = progress.left().map(time -> ", " + clock(time) + " left").orElse("");
        return percent + Counted.of(progress.files(), "file") + ", " + Sizes.of(progress.bytes()) + total + " " + doing
                + ", " + Sizes.of(progress.rate()) + "/s" + left;
    }

    /** {@code 1:02:03}. */
    static String clock(Duration time) {
        return time.toHours() + String.format(":%02d:%02d", time.toMinutesPart(), time.toSecondsPart());
    }

    private static Map<String, Data> fields(Progress progress) {
        Map<String, Data> fields = new LinkedHashMap<>();
        fields.put("files", Data.of(progress.files()));
        progress.totalFiles().ifPresent(files -> fields.put("total_files", Data.of(files)));
        fields.put("bytes", Data.of(progress.bytes()));
        progress.totalBytes().ifPresent(bytes -> fields.put("total_bytes", Data.of(bytes)));
        fields.put("seconds_elapsed", Data.of(progress.elapsed().toSeconds()));
        fields.put("bytes_per_second", Data.of(progress.rate()));
        progress.left().ifPresent(left -> fields.put("seconds_left", Data.of(left.toSeconds())));
        return fields;
    }
}
