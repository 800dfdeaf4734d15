package dev.prodstack.backup.storage.s3;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.net.ssl.SSLPeerUnverifiedException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryUtils;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Which failures are worth another attempt.
 *
 * <p>Repeated is what may pass by itself: connections that fail, break or stall, answers that end too early, the states
 * 408, 429, 500, 502, 503 and 504, requests to slow down, content that changed on its way, conflicts with somebody
 * else's request, and a clock that the client has corrected meanwhile. Not repeated is what a person has to mend:
 * credentials, names, rights, full storages, certificates that are not trusted. A server that has never answered is
 * tried only a few times, as its address may be wrong.
 */
final class RetryRules implements Predicate<Throwable> {
    private static final int ATTEMPTS_ON_A_STRANGER = 3;
    private static final Set<Integer> PASSING_STATES = Set.of(408, 429, 500, 502, 503, 504);
    private static final Set<String> PASSING_CODES = Set.of(
            "RequestTimeout",
            "SlowDown",
            "InternalError",
            "OperationAborted",
            "ConditionalRequestConflict",
            "BadDigest",
            "XAmzContentSHA256Mismatch");

    private final AtomicInteger vain = new AtomicInteger();
    private volatile boolean answered;

    /** Notes that the server is there. */
    void answered() {
        answered = true;
    }

    @Override
    public boolean test(Throwable failure) {
        if (failure instanceof S3Exception answer) {
            answered = true;
            return passes(answer);
        }
        if (failure instanceof AbortedException || !(failure instanceof SdkClientException)) {
            return false;
        }
        if (failure instanceof RetryableException || failure instanceof ApiCallAttemptTimeoutException) {
            return true;
        }
        return cause(failure, IOException.class).isPresent() && !isDistrusted(failure) && mayAppear(failure);
    }

    private static boolean passes(S3Exception answer) {
        String code =
                answer.awsErrorDetails() == null ? "" : answer.awsErrorDetails().errorCode();
        return PASSING_STATES.contains(answer.statusCode())
                || PASSING_CODES.contains(String.valueOf(code))
                || RetryUtils.isThrottlingException(answer)
                || RetryUtils.isClockSkewException(answer);
    }

    private boolean mayAppear(Throwable failure) {
        boolean unreachable = cause(failure, UnknownHostException.class).isPresent()
                || cause(failure, ConnectException.class).isPresent()
                || cause(failure, SocketTimeoutException.class).isPresent();
        return !unreachable || answered || vain.incrementAndGet() < ATTEMPTS_ON_A_STRANGER;
    }

    /** Whether the failure is that the server's certificate is not trusted, or that it does not speak TLS. */
    static boolean isDistrusted(Throwable failure) {
        return cause(failure, CertificateException.class).isPresent()
                || cause(failure, CertPathValidatorException.class).isPresent()
                || cause(failure, SSLPeerUnverifiedException.class).isPresent()
                || isPlain(failure);
    }

    private static boolean isPlain(Throwable failure) {
        return cause(failure, javax.net.ssl.SSLException.class)
                .map(tls -> String.valueOf(tls.getMessage()).startsWith("Unsupported or unrecognized SSL message"))
                .orElse(false);
    }

    static boolean isThrottling(Throwable failure) {
        return failure instanceof SdkException sdk && RetryUtils.isThrottlingException(sdk);
    }

    /** The first of a kind among a failure and its causes. */
    static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> kind) {
        int depth = 0;
        for (Throwable at = failure; at != null && depth < 32; at = at.getCause(), depth++) {
            if (kind.isInstance(at)) {
                return Optional.of(kind.cast(at));
            }
        }
        return Optional.empty();
    }
}
