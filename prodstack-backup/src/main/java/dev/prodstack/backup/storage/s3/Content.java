package dev.prodstack.backup.storage.s3;

import dev.prodstack.backup.storage.Throttle;
import java.io.IOException;
import java.io.InterruptedIOException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Reads what a server sends, exactly as much as it announced: one that ends earlier is asked again. */
abstract sealed class Content implements ResponseTransformer<GetObjectResponse, byte[]> {
    private final Throttle throttle;

    private Content(Throttle throttle) {
        this.throttle = throttle;
    }

    /** How many bytes to take of so many announced. */
    abstract int expected(long announced);

    @Override
    public final byte[] transform(GetObjectResponse answer, AbortableInputStream in) throws InterruptedIOException {
        Long announced = answer.contentLength();
        if (announced == null) {
            throw RetryableException.create("the server does not say how long the object is");
        }
        byte[] content = new byte[expected(announced)];
        int read;
        try {
            read = throttle.slow(in).readNBytes(content, 0, content.length);
        } catch (InterruptedIOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            throw RetryableException.create("the answer stalled", e);
        } catch (IOException e) {
            throw RetryableException.create("the answer broke off", e);
        }
        if (read < content.length) {
            throw RetryableException.create("the answer ended after " + read + " of " + content.length + " bytes");
        }
        return content;
    }

    /** The whole object. */
    static final class Whole extends Content {
        Whole(Throttle throttle) {
            super(throttle);
        }

        @Override
        int expected(long announced) {
            if (announced > Integer.MAX_VALUE - 16) {
                throw new IllegalStateException("an object of " + announced + " bytes is none of a repository's files");
            }
            return (int) announced;
        }
    }

    /** A part of an object, shorter than asked for where the object ends. */
    static final class Part extends Content {
        private final int asked;

        Part(Throttle throttle, int asked) {
            super(throttle);
            this.asked = asked;
        }

        @Override
        int expected(long announced) {
            if (announced > asked) {
                throw RetryableException.create("asked for " + asked + " bytes, the server sends " + announced);
            }
            return (int) announced;
        }
    }
}
