package io.plimsoll.environments.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.results.document.DocumentException;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BucketPlaceTest {
    @Test
    void aPlaceIsABucketAndAPrefixWithItsRegionAndEndpoint() {
        assertThat(BucketPlace.parse("s3://results/load/nightly?region=eu-west-1&endpoint=http://127.0.0.1:9000"))
                .isEqualTo(new BucketPlace(
                        "results",
                        "load/nightly",
                        Optional.of("eu-west-1"),
                        Optional.of(URI.create("http://127.0.0.1:9000"))));
        assertThat(BucketPlace.parse("s3://results/")).isEqualTo(BucketPlace.parse("s3://results"));
        assertThat(BucketPlace.parse("s3://results").below("run-1").below("a").key("b"))
                .isEqualTo("run-1/a/b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://results",
                "s3://results/a/b",
                "s3://results/a?region=eu-west-1",
                "s3://results?endpoint=https://store.example:443",
            })
    void itsTextIsReadBack(String text) {
        assertThat(BucketPlace.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/shared/results|must be s3://BUCKET/PREFIX?region=REGION&endpoint=URL (the parameters may be left out), was"
                        + " '/shared/results'",
                "s3://Results|must be s3://BUCKET/PREFIX?region=REGION&endpoint=URL (the parameters may be left out), was"
                        + " 's3://Results'",
                "s3://key:secret@results/a|must be s3://BUCKET/PREFIX?region=REGION&endpoint=URL (the parameters may be left"
                        + " out), was '…@results/a'",
                "s3://results?endpoint=http://key:secret@store|parameters must be region=REGION or"
                        + " endpoint=http(s)://HOST:PORT, one was 'endpoint=…'",
                "s3://results?secret=abc|parameters must be region=REGION or endpoint=http(s)://HOST:PORT, one was"
                        + " 'secret=…'",
                "s3://results/a'b|must be s3://BUCKET/PREFIX?region=REGION&endpoint=URL (the parameters may be left out), was"
                        + " 's3://results/a'b'",
            })
    void whatIsNoneIsRefusedAndNoSecretRepeated(String text, String message) {
        assertThatThrownBy(() -> BucketPlace.parse(text))
                .isInstanceOf(DocumentException.class)
                .hasMessage(message);
    }
}
