package dev.prodstack.backup.archive;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** How a tar stream is compressed. */
public enum ArchiveFormat {
    /** Not at all. */
    TAR(".tar"),
    /** With gzip (RFC 1952), which everything opens. */
    TAR_GZ(".tar.gz"),
    /** With zstd (RFC 8878), which is faster and smaller. */
    TAR_ZST(".tar.zst");

    private static final int ZSTD_LEVEL = 3;

    private final String ending;

    ArchiveFormat(String ending) {
        this.ending = ending;
    }

    /** What names of such files end with. */
    public String ending() {
        return ending;
    }

    /** The format that the name of a file asks for, whatever encryption adds to it. */
    public static Optional<ArchiveFormat> ofName(String file) {
        String name = file.replaceFirst("\\.(gpg|pgp)$", "");
        if (name.endsWith(".tgz")) {
            return Optional.of(TAR_GZ);
        }
        for (ArchiveFormat format : values()) {
            if (name.endsWith(format.ending)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    OutputStream compress(OutputStream out) throws IOException {
        return switch (this) {
            case TAR -> out;
            case TAR_GZ -> new GZIPOutputStream(out, 64 * 1024);
            case TAR_ZST -> {
                ZstdOutputStream frames = new ZstdOutputStream(out, ZSTD_LEVEL);
                frames.setChecksum(true);
                frames.setWorkers(Runtime.getRuntime().availableProcessors());
                yield frames;
            }
        };
    }
}
