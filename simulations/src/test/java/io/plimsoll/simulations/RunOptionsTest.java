package io.plimsoll.simulations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunOptionsTest {
    private static RunOptions with(String name, String value) {
        Properties properties = new Properties();
        properties.setProperty(name, value);
        return RunOptions.of(properties, Path.of(""));
    }

    @Test
    void noLivePageIsServedUnlessAPortIsNamed() {
        assertThat(with("stage", "auto-scaled").livePort()).isEmpty();
        assertThat(with("live.port", "0").livePort()).isEqualTo(OptionalInt.of(0));
        assertThat(with("live.port", "65535").livePort()).isEqualTo(OptionalInt.of(65_535));
    }

    @Test
    void aLivePageMakesARunNoOther() {
        assertThat(with("live.port", "0").given()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "65536", "any", "80.5"})
    void whatIsNoPortIsRefused(String port) {
        assertThatThrownBy(() -> with("live.port", port))
                .isInstanceOf(RunFailure.class)
                .hasMessage("-Dlive.port: must be a port from 1 to 65535, or 0 for any free one, was '" + port + "'");
    }
}
