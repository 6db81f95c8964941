package io.plimsoll.environments.aws;

import io.plimsoll.environments.aws.ObservationException.Reason;
import io.plimsoll.results.run.RunFacts.ClockOffset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The objects of a place in a bucket. An object is put as a whole or not at all, and S3 refuses one whose content is not what
 * its SHA-256 says. Credentials are those of the SDK's default chain. Safe for several threads.
 */
public final class Bucket implements AutoCloseable {
    /** Most names of one answer: S3's own. */
    private static final int PAGE = 1000;

    /** One attempt, and so the time a whole log may take on its way. */
    private static final Duration ATTEMPT = Duration.ofMinutes(2);

    private static final Duration CALL = Duration.ofMinutes(4);
    private static final Duration SOCKET = Duration.ofSeconds(20);
    private static final String STORES_REGION = "us-east-1";
    /** Clocks of answers say whole seconds: so many questions, as far apart, find where one begins. */
    private static final int CLOCK_READINGS = 12;

    private static final Duration BETWEEN_READINGS = Duration.ofMillis(90);

    private final BucketPlace place;
    private final S3Client client;
    private final SdkHttpClient http;
    private final CallLedger ledger;
    private final AwsCalls calls;
    private final int page;

    private Bucket(BucketPlace place, S3Client client, SdkHttpClient http, CallLedger ledger, Clock clock, int page) {
        this.place = place;
        this.client = client;
        this.http = http;
        this.ledger = ledger;
        this.calls = AwsCalls.unbounded(clock);
        this.page = page;
    }

    /**
     * Opens a place; nothing is sent yet.
     *
     * @param clock this machine's
     * @throws ObservationException if no region is known
     */
    public static Bucket open(BucketPlace place, Clock clock) {
        return open(place, clock, PAGE);
    }

    /** The same with lists that come in answers of so many names at most, 1 to 1000. */
    public static Bucket open(BucketPlace place, Clock clock, int page) {
        BucketPlace placed = place.in(place.region().orElseGet(() -> region(place)));
        CallLedger ledger = new CallLedger(clock);
        SdkHttpClient http = UrlConnectionHttpClient.builder()
                .connectionTimeout(Duration.ofSeconds(5))
                .socketTimeout(SOCKET)
                .build();
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.of(placed.region().orElseThrow()))
                .credentialsProvider(DefaultCredentialsProvider.builder().build())
                .httpClient(http)
                // A put carries its SHA-256; other checksums are not every store's to read.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .forcePathStyle(place.endpoint().isPresent())
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .apiCallAttemptTimeout(ATTEMPT)
                        .apiCallTimeout(CALL)
                        .addExecutionInterceptor(ledger)
                        .addExecutionInterceptor(new NoExpectation())
                        .build());
        place.endpoint().ifPresent(builder::endpointOverride);
        return new Bucket(placed, builder.build(), http, ledger, clock, page);
    }

    private static String region(BucketPlace place) {
        if (place.endpoint().isPresent()) {
            return STORES_REGION;
        }
        try {
            return DefaultAwsRegionProviderChain.builder().build().getRegion().id();
        } catch (SdkClientException e) {
            throw new ObservationException(
                    Reason.FAILED, place + ": no region is known: append ?region=REGION, or set AWS_REGION", e);
        }
    }

    /** Stores that do not know {@code Expect: 100-continue} would be waited for in vain. */
    private static final class NoExpectation implements ExecutionInterceptor {
        @Override
        public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
            return context.httpRequest().toBuilder().removeHeader("Expect").build();
        }
    }

    /** The place, with its region. */
    public BucketPlace place() {
        return place;
    }

    /**
     * Puts a file.
     *
     * @param sha256 of the file, in hexadecimal; S3 refuses another content
     * @throws ObservationException if it cannot be put
     * @throws InterruptedException if the thread is interrupted
     */
    public void put(String name, Path file, String sha256) throws InterruptedException {
        put(
                name,
                RequestBody.fromFile(file),
                request -> request.checksumSHA256(
                        Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256))));
    }

    /** Puts a text, in UTF-8. */
    public void put(String name, String text) throws InterruptedException {
        put(name, RequestBody.fromBytes(text.getBytes(StandardCharsets.UTF_8)), request -> {});
    }

    private void put(String name, RequestBody body, Consumer<PutObjectRequest.Builder> more)
            throws InterruptedException {
        var unused = call(
                "s3:PutObject",
                name,
                () -> client.putObject(
                        request -> more.accept(request.bucket(place.bucket())
                                .key(place.key(name))
                                .contentType("application/octet-stream")),
                        body));
    }

    /**
     * Gets a text that is UTF-8.
     *
     * @throws ObservationException if there is no such object, or it cannot be got
     */
    public String text(String name) throws InterruptedException {
        return call(
                "s3:GetObject",
                name,
                () -> client.getObjectAsBytes(
                                request -> request.bucket(place.bucket()).key(place.key(name)))
                        .asUtf8String());
    }

    /** Gets an object into a file, which must not exist. */
    public void get(String name, Path file) throws InterruptedException {
        var unused = call(
                "s3:GetObject",
                name,
                () -> client.getObject(request -> request.bucket(place.bucket()).key(place.key(name)), file));
    }

    /** Names of all objects directly in this place. */
    public SortedSet<String> names() throws InterruptedException {
        String prefix = place.prefix().isEmpty() ? "" : place.prefix() + "/";
        List<ListObjectsV2Response> pages = named(
                "",
                () -> calls.pages(
                        "s3:ListBucket",
                        token -> list(prefix, token, page),
                        ListObjectsV2Response::nextContinuationToken));
        SortedSet<String> names = new TreeSet<>();
        for (ListObjectsV2Response answer : pages) {
            for (S3Object object : answer.contents()) {
                names.add(object.key().substring(prefix.length()));
            }
        }
        return names;
    }

    /**
     * Asks for one name, so that a bucket that is not there, or lets nobody in, is found out early.
     *
     * @throws ObservationException if it cannot be listed
     */
    public void check() throws InterruptedException {
        var unused = call("s3:ListBucket", "", () -> list(place.key(""), null, 1));
    }

    private ListObjectsV2Response list(String prefix, @Nullable String token, int most) {
        return client.listObjectsV2(request -> request.bucket(place.bucket())
                .prefix(prefix)
                .delimiter("/")
                .maxKeys(most)
                .continuationToken(token));
    }

    /**
     * The store's clock minus this machine's. It takes about a second, as answers tell whole seconds.
     *
     * @throws ObservationException if there is no answer, or none says the time
     */
    public ClockOffset clockOffset() throws InterruptedException {
        for (int i = 0; i < CLOCK_READINGS; i++) {
            var unused = call("s3:ListBucket", "", () -> list(place.key("clock"), null, 1));
            Thread.sleep(BETWEEN_READINGS.toMillis());
        }
        Optional<ClockOffset> offset = ledger.clockOffset();
        return offset.orElseThrow(
                () -> new ObservationException(Reason.FAILED, place + ": its answers do not say the time"));
    }

    private <T> T call(String permission, String name, java.util.function.Supplier<T> call)
            throws InterruptedException {
        return named(name, () -> calls.call(permission, call));
    }

    private interface Call<T> {
        T make() throws InterruptedException;
    }

    /** What goes wrong is said with the name of the object. */
    private <T> T named(String name, Call<T> call) throws InterruptedException {
        try {
            return call.make();
        } catch (ObservationException e) {
            throw new ObservationException(
                    e.getCause() instanceof NoSuchKeyException ? Reason.NOT_FOUND : e.reason(),
                    BucketPlace.SCHEME + place.bucket() + "/" + place.key(name) + ": " + e.sentence(),
                    e);
        }
    }

    @Override
    public void close() {
        client.close();
        http.close();
    }
}
