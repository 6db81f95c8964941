package io.plimsoll.simulations.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.environments.aws.Bucket;
import io.plimsoll.environments.aws.BucketPlace;
import io.plimsoll.environments.aws.ObservationException;
import io.plimsoll.results.run.RunFacts.ClockOffset;
import io.plimsoll.results.run.ShardPlace;
import io.plimsoll.results.run.ShardPublication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Injectors publish to a real object store, whose lists come two names at a time, and are gathered from it. */
@Isolated("the default chain finds credentials in properties of the whole JVM")
class BucketResultsTest {
    private static final ObjectStoreProcess STORE = new ObjectStoreProcess();

    @TempDir
    Path directory = Path.of("");

    private BucketPlace where = STORE.place("");
    private Bucket bucket = Bucket.open(where, Clock.systemUTC());
    private ShardPlace gathered = new ShardPlace(Path.of(""));

    @BeforeAll
    static void permit() {
        System.setProperty("aws.accessKeyId", STORE.variables().get("AWS_ACCESS_KEY_ID"));
        System.setProperty("aws.secretAccessKey", STORE.variables().get("AWS_SECRET_ACCESS_KEY"));
    }

    @AfterAll
    static void stop() {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        STORE.close();
    }

    @BeforeEach
    void open(TestInfo test) {
        where = STORE.place("runs/" + test.getTestMethod().orElseThrow().getName());
        bucket.close();
        bucket = Bucket.open(where, Clock.systemUTC(), 2);
        gathered = ShardPlace.create(directory.resolve("gathered"));
    }

    @AfterEach
    void close() {
        bucket.close();
    }

    /** What the process of an injector leaves. */
    private ShardPlace left(int index) throws IOException {
        ShardPlace place = ShardPlace.create(directory.resolve("injector-" + index));
        for (String kind : List.of("hlog", "json", "out")) {
            Files.writeString(place.directory().resolve("injector-" + index + "." + kind), kind + " of " + index);
        }
        Files.writeString(place.directory().resolve("injector-" + index + ".exit"), "0\n");
        return place;
    }

    private BucketResults gather(int count) throws InterruptedException {
        BucketResults results = new BucketResults(bucket, gathered, count, new ClockOffset(0, 0));
        results.finish();
        return results;
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(gathered.directory())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void whatTwoInjectorsPutArrivesAsItWas() throws Exception {
        ShardDelivery delivery = new ShardDelivery(bucket);
        delivery.publish(left(0), 0);
        delivery.publish(left(1), 1);
        assertThat(bucket.names())
                .containsExactly(
                        "injector-0.exit",
                        "injector-0.hlog",
                        "injector-0.json",
                        "injector-0.out",
                        "injector-0.published.json",
                        "injector-1.exit",
                        "injector-1.hlog",
                        "injector-1.json",
                        "injector-1.out",
                        "injector-1.published.json");

        BucketResults results = gather(2);

        assertThat(results.damage(0)).isEmpty();
        assertThat(results.damage(1)).isEmpty();
        assertThat(gathered.exitCode(1)).hasValue(0);
        assertThat(gathered.directory().resolve("injector-1.hlog")).hasContent("hlog of 1");
        assertThat(files()).hasSize(8);
    }

    @Test
    void oneThatDidNotComeToItsEndIsNamedAndNothingOfItIsTaken() throws Exception {
        ShardPlace place = left(1);
        Path log = place.log(1);
        bucket.put("injector-1.hlog", log, ShardPlace.sha256(log));

        BucketResults results = gather(2);

        assertThat(results.damage(0)).isEmpty(); // it put nothing: it published nothing
        assertThat(results.damage(1))
                .contains("its publication is not complete: 1 of its objects are there, injector-1.published.json,"
                        + " which comes last, is not");
        assertThat(files()).isEmpty();
    }

    @Test
    void anObjectThatIsNotAsItWasPublishedIsNamedWithBothChecksums() throws Exception {
        ShardPlace place = left(0);
        String published = ShardPlace.sha256(place.log(0));
        new ShardDelivery(bucket).publish(place, 0);
        bucket.put("injector-0.hlog", "another");

        BucketResults results = gather(1);

        assertThat(results.damage(0))
                .contains("injector-0.hlog is not as its publication says: must have 9 bytes and SHA-256 " + published
                        + ", had 7 and ae448ac86c4e8e4dec645729708ef41873ae79c6dff84eff73360989487f08e5");
        assertThat(files()).isEmpty();
        assertThat(gathered.exitCode(0)).isEmpty();
    }

    @Test
    void anObjectThatIsGoneIsNamed() throws Exception {
        ShardPlace place = left(0);
        bucket.put(ShardPublication.name(0), ShardPublication.of(place, 0).text());

        assertThat(gather(1).damage(0).orElseThrow())
                .startsWith("an object that it published is not there: s3://plimsoll-results/runs/"
                        + "anObjectThatIsGoneIsNamed/injector-0.hlog: s3:GetObject failed (NoSuchKey: ");
    }

    @Test
    void aPublicationThatNamesAnotherFileIsNotFollowed() throws Exception {
        ShardPlace place = left(0);
        bucket.put(
                ShardPublication.name(0),
                ShardPublication.of(place, 0).text().replace("injector-0.hlog", "../injector-0.hlog"));

        assertThat(gather(1).damage(0))
                .contains(
                        "injector-0.published.json: files must be injector-0.log, .hlog, .json, .out and .exit, once at"
                                + " most; one was '../injector-0.hlog'");
    }

    @Test
    void anInjectorGetsWhatTheGangIsTold() throws Exception {
        Path options = Files.writeString(gathered.directory().resolve("injector.args"), "\"-Xmx1g\"\n");
        BucketResults results = new BucketResults(bucket, gathered, 1, new ClockOffset(0, 0));
        results.offer(options);
        assertThat(results.told()).isEqualTo(where.toString());

        Path own = directory.resolve("own");
        new ShardDelivery(bucket).fetch(own);

        assertThat(Files.readString(own.resolve("injector.args")))
                .matches("\"-Xmx1g\"\n\"-Dshard\\.clock=-?\\d+/\\d+\"\n");
    }

    /** On one machine the store's clock is this one's. */
    @Test
    void theStoresClockIsToldToATenthOfASecondOrSo() throws Exception {
        ClockOffset offset = BucketResults.of(bucket, gathered, 1).clockOffset();
        assertThat(Math.abs(offset.millis())).isLessThanOrEqualTo(offset.errorMillis());
        assertThat(offset.errorMillis()).isLessThan(500);
    }

    @Test
    void aContentThatIsNotWhatItsChecksumSaysIsRefused() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "text");
        Path other = Files.writeString(directory.resolve("other"), "texT");
        String sha256 = ShardPlace.sha256(other);
        assertThatThrownBy(() -> bucket.put("file", file, sha256))
                .isInstanceOf(ObservationException.class)
                .hasMessageContaining("s3:PutObject failed (BadDigest: ");
        assertThat(bucket.names()).isEmpty();
    }

    @Test
    void aBucketThatIsNotThereIsSaidInOneSentence() {
        BucketPlace nowhere = new BucketPlace("no-such-bucket", "", where.region(), where.endpoint());
        try (Bucket none = Bucket.open(nowhere, Clock.systemUTC())) {
            assertThatThrownBy(none::check)
                    .isInstanceOf(ObservationException.class)
                    .hasMessageStartingWith("s3://no-such-bucket/: s3:ListBucket failed (NoSuchBucket: ");
        }
    }

    @Test
    void wrongKeysAreSaidInOneSentence() {
        System.setProperty("aws.secretAccessKey", "wrong");
        try (Bucket stranger = Bucket.open(where, Clock.systemUTC())) {
            assertThatThrownBy(stranger::check)
                    .isInstanceOf(ObservationException.class)
                    .hasMessageContaining(
                            "the credentials are not accepted for s3:ListBucket (SignatureDoesNotMatch: ");
        } finally {
            permit();
        }
    }

    @Test
    void whatIsGatheredInStepsIsGatheredOnce() throws Exception {
        new ShardDelivery(bucket).publish(left(0), 0);
        BucketResults results = new BucketResults(bucket, gathered, 2, new ClockOffset(0, 0));
        results.gather();
        assertThat(gathered.exitCode(0)).hasValue(0);
        new ShardDelivery(bucket).publish(left(1), 1);
        results.finish();
        assertThat(Optional.of(1).flatMap(results::damage)).isEmpty();
        assertThat(gathered.exitCode(1)).hasValue(0);
    }
}
