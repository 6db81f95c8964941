package io.plimsoll.simulations.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.results.document.DocumentException;
import io.plimsoll.results.run.RunFacts.ClockOffset;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardContractTest {
    private static Properties whole() {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "environment", "local",
                "shard.index", "2",
                "shard.count", "4",
                "shard.start", "1795489200000",
                "shard.run", "a-run",
                "shard.results", "/shared/a-run",
                "shard.address.service", "http://127.0.0.1:8080"));
        return properties;
    }

    @Test
    void itSaysWhatAnInjectorMustKnow() {
        assertThat(ShardContract.read(whole()))
                .contains(new ShardContract(
                        2,
                        4,
                        Instant.ofEpochMilli(1795489200000L),
                        "a-run",
                        Path.of("/shared/a-run"),
                        new TreeMap<>(Map.of("service", "http://127.0.0.1:8080")),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void aClockOfAnotherPlaceIsTold() {
        Properties properties = whole();
        properties.setProperty("shard.clock", "-3/50");
        assertThat(ShardContract.read(properties).orElseThrow().clock()).contains(new ClockOffset(-3, 50));
    }

    @Test
    void withoutItThereIsOneInjector() {
        Properties properties = new Properties();
        properties.setProperty("environment", "local");
        assertThat(ShardContract.read(properties)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shard.index|4|-Dshard.index: must be a whole number of at least 0 and at most 3, was '4'",
                "shard.index|-1|-Dshard.index: must be a whole number of at least 0 and at most 3, was '-1'",
                "shard.count|1001|-Dshard.count: must be a whole number of at least 1 and at most 1000, was '1001'",
                "shard.start|soon|-Dshard.start: must be a whole number of at least 0, was 'soon'",
                "shard.clock|3|-Dshard.clock: must be MILLISECONDS/ERROR, such as -3/50, was '3'",
                "shard.run|''|-Dshard.run: must be given to one injector of several",
            })
    void whatIsWrongIsSaid(String name, String value, String message) {
        Properties properties = whole();
        properties.setProperty(name, value);
        assertThatThrownBy(() -> ShardContract.read(properties))
                .isInstanceOf(DocumentException.class)
                .hasMessage(message);
    }

    @Test
    void halfAContractIsNone() {
        Properties properties = whole();
        properties.remove("shard.results");
        assertThatThrownBy(() -> ShardContract.read(properties))
                .isInstanceOf(DocumentException.class)
                .hasMessage("-Dshard.results: must be given to one injector of several");
    }
}
