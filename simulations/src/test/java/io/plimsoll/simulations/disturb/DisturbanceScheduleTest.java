package io.plimsoll.simulations.disturb;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.Phase;
import io.plimsoll.results.observation.Event;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.simulations.plan.PlannedDisturbance;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DisturbanceScheduleTest {
    @Test
    void eachIsCarriedOutAtItsMomentAndWhatHasNotComeIsToldAsFailed() throws InterruptedException {
        Instant start = Instant.now();
        LoadPlan plan = new LoadPlan(
                "p",
                List.of(new Phase("steady", new TimeWindow(start, start.plusSeconds(600)), 1, 1)),
                new TreeMap<>());
        CountDownLatch done = new CountDownLatch(1);

        DisturbanceSchedule schedule = DisturbanceSchedule.start(
                List.of(planned("now", Duration.ofMillis(200)), planned("later", Duration.ofMinutes(9))),
                plan,
                1,
                (asked, due) -> new Event(
                        Instant.now(),
                        Event.Kind.DISTURBANCE,
                        "stack",
                        asked + " done",
                        new TreeMap<>(Map.of("disturbance", asked.name(), "outcome", "done"))),
                event -> done.countDown(),
                Clock.systemUTC());
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        List<Event> events = schedule.finish();

        assertThat(events)
                .extracting(Event::summary)
                .containsExactly("now done", "later: failed, the run ended before it was through");
        assertThat(events.get(0).at()).isAfterOrEqualTo(start.plusMillis(200));
        assertThat(events.get(1).details())
                .containsEntry("outcome", "failed")
                .containsEntry("planned", start.plus(Duration.ofMinutes(9)).toString());
    }

    private static PlannedDisturbance planned(String name, Duration offset) {
        return new PlannedDisturbance(offset, "steady", name, Optional.empty(), new TreeMap<>(), Set.of());
    }
}
