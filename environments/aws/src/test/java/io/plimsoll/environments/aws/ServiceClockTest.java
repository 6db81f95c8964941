package io.plimsoll.environments.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.results.run.RunFacts.ClockOffset;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clock of a service over HTTP. */
class ServiceClockTest {
    private final FakeTime time = new FakeTime();
    private final WireAws service = new WireAws(time);

    @AfterEach
    void close() {
        service.close();
    }

    private Optional<ClockOffset> look() throws InterruptedException {
        return new ServiceClock(service.address(), time).look();
    }

    @ParameterizedTest
    @ValueSource(ints = {-90, 0, 90})
    void itIsReadFromAnAnswerOfAnyStatus(int seconds) throws InterruptedException {
        service.skew(Duration.ofSeconds(seconds));
        assertThat(look()).contains(new ClockOffset(seconds * 1000L + 500, 500));
    }

    @Test
    void anAnswerThatACacheKeptTellsNoTime() throws InterruptedException {
        service.header("Age", "86400");
        assertThat(look()).isEmpty();
    }

    @Test
    void aServiceThatDoesNotAnswerTellsNoTime() throws InterruptedException {
        URI address = service.address();
        service.close();
        assertThat(new ServiceClock(address, time).look()).isEmpty();
    }
}
