package io.plimsoll.assertions.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.assertions.capacity.BindingResource.Candidate;
import io.plimsoll.assertions.capacity.BindingResource.Reading;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class BindingResourceTest {
    @Test
    void theResourceWithTheLowestCeilingThatWasSaturatedIsNamed() {
        var found = BindingResource.find(List.of(busy("host cpu", 0.005, 1.0), busy("database cpu", 0.002, 0.42)), 204);

        assertThat(found).hasValueSatisfying(binding -> {
            assertThat(binding.candidate().name()).isEqualTo("host cpu");
            assertThat(binding.reason())
                    .isEqualTo("host cpu spends 5.00 ms on a request, so it is busy all the time at 200 /s; at the"
                            + " 204 /s that failed it was busy 100 %");
        });
    }

    @Test
    void whatIsBusyWithoutLoadIsNotSpentOnRequests() {
        Candidate candidate = new Candidate(
                "cpu", List.of(new Reading(50, 0.45), new Reading(100, 0.7), new Reading(150, 0.95)), 1.0);

        assertThat(BindingResource.find(List.of(candidate), 165))
                .hasValueSatisfying(
                        binding -> assertThat(binding.ceilingPerSecond()).isBetween(159.9, 160.1));
    }

    @Test
    void aLimitThatNoResourceExplainsIsUnattributed() {
        assertThat(BindingResource.find(List.of(busy("host cpu", 0.001, 0.3)), 300))
                .isEmpty();
        assertThat(BindingResource.find(List.of(busy("just under", 0.005, 0.849)), 200))
                .isEmpty();
        assertThat(BindingResource.find(List.of(), 200)).isEmpty();
    }

    @Test
    void aResourceThatIsAlwaysBusyExplainsNothing() {
        Candidate always =
                new Candidate("cpu", List.of(new Reading(50, 1), new Reading(100, 1), new Reading(150, 1)), 1.0);

        assertThat(BindingResource.find(List.of(always), 160)).isEmpty();
    }

    @Test
    void twoReadingsAreTooFewForADemand() {
        Candidate few = new Candidate("cpu", List.of(new Reading(50, 0.25), new Reading(100, 0.5)), 1.0);

        assertThat(BindingResource.find(List.of(few), 204)).isEmpty();
    }

    private static Candidate busy(String name, double demandSeconds, double atFailure) {
        return new Candidate(
                name,
                DoubleStream.of(40, 80, 160)
                        .mapToObj(rate -> new Reading(rate, Math.min(1, rate * demandSeconds)))
                        .toList(),
                atFailure);
    }
}
