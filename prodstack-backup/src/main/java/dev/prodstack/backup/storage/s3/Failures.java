package dev.prodstack.backup.storage.s3;

import dev.prodstack.backup.storage.StorageException;
import dev.prodstack.backup.storage.StorageException.Reason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Says in words what a request failed at, and what to do. */
final class Failures {
    private final S3Settings settings;

    Failures(S3Settings settings) {
        this.settings = settings;
    }

    /**
     * What to throw.
     *
     * @param doing what was tried, such as {@code "store data/ab/abcd"}
     */
    IOException of(SdkException failure, String doing) {
        if (failure instanceof AbortedException || Thread.currentThread().isInterrupted()) {
            Thread.currentThread().interrupt();
            return new InterruptedIOException("interrupted while trying to " + doing + " in " + settings.location());
        }
        return failure instanceof S3Exception answer ? answered(answer, doing) : unanswered(failure, doing);
    }

    private IOException answered(S3Exception answer, String doing) {
        S3Location at = settings.location();
        return switch (code(answer)) {
            case "NoSuchBucket" ->
                failure(
                        Reason.NO_PLACE,
                        doing,
                        "there is no bucket " + at.bucket() + ". Create it, or correct its name.",
                        answer);
            case "InvalidAccessKeyId" ->
                failure(
                        Reason.DENIED,
                        doing,
                        "the server does not know the access key. Look at " + settings.credentials() + ".",
                        answer);
            case "SignatureDoesNotMatch" ->
                failure(
                        Reason.DENIED,
                        doing,
                        "the secret key does not belong to the access key. Look at " + settings.credentials() + ".",
                        answer);
            case "ExpiredToken", "TokenRefreshRequired", "ExpiredTokenException" ->
                failure(
                        Reason.DENIED,
                        doing,
                        "the credentials have expired. Renew " + settings.credentials() + ", then run this again.",
                        answer);
            case "InvalidToken" ->
                failure(
                        Reason.DENIED,
                        doing,
                        "the server does not accept the session token. Renew " + settings.credentials() + ".",
                        answer);
            case "RequestTimeTooSkewed", "RequestExpired", "InvalidSignatureException" ->
                failure(
                        Reason.DENIED,
                        doing,
                        "this machine's clock and the server's differ by more than the server allows."
                                + " Set the clock, for example by chrony.",
                        answer);
            case "QuotaExceeded", "XMinioStorageFull", "InsufficientCapacity", "EntityTooLarge" -> full(doing, answer);
            case "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException" ->
                failure(
                        Reason.UNFIT,
                        doing,
                        "the bucket " + at.bucket() + " is in another region"
                                + settings.region()
                                        .map(region -> " than " + region)
                                        .orElse("")
                                + ". Set the bucket's region. The server says: " + said(answer),
                        answer);
            case "ObjectLockConfigurationNotFoundError" -> unlockable(doing, answer);
            default -> otherwise(answer, doing);
        };
    }

    private IOException otherwise(S3Exception answer, String doing) {
        boolean locks = settings.objectLock().isPresent();
        // Amazon says what is the matter, Ceph that the request is invalid, and others that they know no such thing.
        if (said(answer).contains("Object Lock")
                || (locks && (answer.statusCode() == 501 || code(answer).equals("InvalidRequest")))) {
            return unlockable(doing, answer);
        }
        return switch (answer.statusCode()) {
            case 401, 403 ->
                failure(
                        Reason.DENIED,
                        doing,
                        "the account may not. It needs the rights s3:ListBucket on the bucket, and s3:GetObject, s3:PutObject"
                                + " and s3:DeleteObject on what is in it. The server says: " + said(answer),
                        answer);
            case 507 -> full(doing, answer);
            case 429, 500, 502, 503, 504 ->
                failure(
                        Reason.UNREACHABLE,
                        doing,
                        "the server keeps failing. It says: " + said(answer)
                                + ". Look at its log, then run this again.",
                        answer);
            default ->
                failure(Reason.UNFIT, doing, "the server answers " + answer.statusCode() + ": " + said(answer), answer);
        };
    }

    private IOException full(String doing, S3Exception answer) {
        return failure(
                Reason.FULL,
                doing,
                "the storage is full, or a quota is used up. Make room, or raise the quota. The server says: "
                        + said(answer),
                answer);
    }

    private IOException unlockable(String doing, S3Exception answer) {
        return failure(
                Reason.UNFIT,
                doing,
                "the bucket " + settings.location().bucket() + " has no object lock. That can only be chosen when a"
                        + " bucket is created: take a new one, or do without the lock. The server says: "
                        + said(answer),
                answer);
    }

    private IOException unanswered(SdkException failure, String doing) {
        String server = settings.location().server();
        if (failure instanceof Keys.UnreadableKey) {
            return failure(
                    Reason.DENIED, doing, failure.getMessage() + ". It should hold the keys of the account.", failure);
        }
        if (RetryRules.isDistrusted(failure)) {
            return failure(
                    Reason.UNREACHABLE,
                    doing,
                    "no safe connection to " + server + ": " + tls(failure)
                            + ". Name the authority that signed its certificate, or correct the address.",
                    failure);
        }
        if (RetryRules.cause(failure, UnknownHostException.class).isPresent()) {
            return failure(
                    Reason.UNREACHABLE,
                    doing,
                    "the name of " + server + " is unknown. Correct the address, or look at the network and its DNS.",
                    failure);
        }
        if (RetryRules.cause(failure, ConnectException.class).isPresent()) {
            return failure(
                    Reason.UNREACHABLE,
                    doing,
                    "nothing answers at " + server + ". Look whether the server runs, and whether the network lets"
                            + " through to it.",
                    failure);
        }
        if (failure instanceof ApiCallAttemptTimeoutException
                || RetryRules.cause(failure, SocketTimeoutException.class).isPresent()) {
            return failure(
                    Reason.UNREACHABLE,
                    doing,
                    server + " does not answer in time. Look at the server's load and the network.",
                    failure);
        }
        if (String.valueOf(failure.getMessage()).startsWith("Unable to load credentials")
                || String.valueOf(failure.getMessage()).contains("Profile file contained no credentials")) {
            return failure(
                    Reason.DENIED,
                    doing,
                    "no credentials are in " + settings.credentials()
                            + ". Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name files that hold them.",
                    failure);
        }
        return failure(
                Reason.UNREACHABLE,
                doing,
                "the connection to " + server + " keeps breaking (" + deepest(failure) + "). Look at the network.",
                failure);
    }

    private StorageException failure(Reason reason, String doing, String what, SdkException cause) {
        return new StorageException(reason, "cannot " + doing + " in " + settings.location() + ": " + what, cause);
    }

    static String code(S3Exception answer) {
        if (answer.awsErrorDetails() == null || answer.awsErrorDetails().errorCode() == null) {
            return "";
        }
        return answer.awsErrorDetails().errorCode();
    }

    private static String said(S3Exception answer) {
        String message = answer.awsErrorDetails() == null
                ? null
                : answer.awsErrorDetails().errorMessage();
        String code = code(answer);
        if (message == null || message.isBlank()) {
            return code.isEmpty() ? "status " + answer.statusCode() : code;
        }
        return code.isEmpty() ? message : code + ", " + message;
    }

    private static String tls(SdkException failure) {
        return RetryRules.cause(failure, SSLException.class)
                .map(SSLException::getMessage)
                .orElseGet(() -> deepest(failure));
    }

    private static String deepest(Throwable failure) {
        Throwable at = failure;
        for (int depth = 0; at.getCause() != null && depth < 32; depth++) {
            at = at.getCause();
        }
        return at.getMessage() == null ? at.getClass().getSimpleName() : at.getMessage();
    }
}
