package dev.prodstack.backup.storage.s3;

import dev.prodstack.core.backup.RepositorySpec.Addressing;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import javax.net.ssl.TrustManager;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Connects to servers of all makes. */
final class Clients {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(60);

    /** Enough for a pack of 128 MiB at 150 KiB/s. A rate limit leaves more time. */
    private static final Duration ATTEMPT = Duration.ofMinutes(15);

    private static final String USUAL_REGION = "us-east-1";

    private Clients() {}

    static S3Client connect(S3Settings settings, RetryRules rules) throws IOException {
        boolean amazon = settings.location().endpoint().isEmpty();
        S3ClientBuilder builder = S3Client.builder()
                .credentialsProvider(Keys.of(settings.credentials()))
                .region(Region.of(settings.region().orElse(USUAL_REGION)))
                .forcePathStyle(settings.addressing() == Addressing.PATH)
                .crossRegionAccessEnabled(amazon)
                // The checksums that the client would add by itself are refused by Ceph and others.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                // Neither of the two is known to all servers.
                .serviceConfiguration(of -> of.chunkedEncodingEnabled(false).expectContinueEnabled(false))
                .httpClient(transport(settings))
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .retryStrategy(retries(settings.retries(), rules))
                        .apiCallAttemptTimeout(attempt(settings))
                        .build());
        settings.location()
                .endpoint()
                .ifPresent(endpoint ->
                        builder.endpointOverride(URI.create(endpoint.toString().replaceAll("/+$", ""))));
        return builder.build();
    }

    private static SdkHttpClient transport(S3Settings settings) throws IOException {
        UrlConnectionHttpClient.Builder transport =
                UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(SILENCE);
        if (settings.authorities().isPresent()) {
            TrustManager[] trust =
                    Authorities.besidesJavasOwn(settings.authorities().get());
            transport.tlsTrustManagersProvider(() -> trust);
        }
        return transport.build();
    }

    private static Duration attempt(S3Settings settings) {
        boolean limited =
                settings.uploadLimit().isPresent() || settings.downloadLimit().isPresent();
        return limited ? ATTEMPT.multipliedBy(16) : ATTEMPT;
    }

    private static RetryStrategy retries(Retries retries, RetryRules rules) {
        BackoffStrategy jittered = BackoffStrategy.exponentialDelay(retries.first(), retries.longest());
        return StandardRetryStrategy.builder()
                .useClientDefaults(false)
                .circuitBreakerEnabled(false)
                .maxAttempts(retries.attempts())
                .retryOnException(rules)
                .treatAsThrottling(RetryRules::isThrottling)
                .backoffStrategy(jittered)
                .throttlingBackoffStrategy(jittered)
                .build();
    }
}
