package dev.prodstack.backup.storage.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A listing that comes in pages, of which the first is read at once, and each other when it is needed. */
final class Pages {
    private final Source source;
    private ListObjectsV2Response page;

    Pages(Source source) throws IOException {
        this.source = source;
        this.page = source.page(null);
    }

    Stream<S3Object> objects() {
        return StreamSupport.stream(new ByPage(), false).flatMap(each -> each.contents().stream());
    }

    /** Brings pages. */
    interface Source {
        /** The page that a token of the page before names. */
        ListObjectsV2Response page(@Nullable String token) throws IOException;
    }

    private final class ByPage extends Spliterators.AbstractSpliterator<ListObjectsV2Response> {
        private boolean begun;

        ByPage() {
            super(Long.MAX_VALUE, Spliterator.NONNULL);
        }

        @Override
        public boolean tryAdvance(Consumer<? super ListObjectsV2Response> action) {
            if (begun) {
                String token = page.nextContinuationToken();
                if (!Boolean.TRUE.equals(page.isTruncated()) || token == null) {
                    return false;
                }
                try {
                    page = source.page(token);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            begun = true;
            action.accept(page);
            return true;
        }
    }
}
