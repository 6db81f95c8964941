package io.plimsoll.simulations.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.environments.aws.LiveSnapshot;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.Phase;
import io.plimsoll.results.observation.TimeWindow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LiveLineTest {
    private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");
    private static final LoadPlan PLAN = new LoadPlan(
            "plan",
            List.of(new Phase("ramp", new TimeWindow(START, START.plusSeconds(100)), 100, 100)),
            new TreeMap<>());

    private static LiveSnapshot stack(LiveSnapshot.ReplicaLag lag) {
        return new LiveSnapshot(
                START,
                Optional.of(new LiveSnapshot.Targets(6, 5)),
                List.of(new LiveSnapshot.Group("read", 2, 3), new LiveSnapshot.Group("web", 3, 4)),
                Optional.of(lag));
    }

    @Test
    void holdsTheSameFactsAsAllThatShowThem() {
        Served served = new Served(Optional.of(new Served.Numbers(99.6, 14, 0.001)), List.of(), "");

        assertThat(LiveLine.format(new LiveFacts(
                        START.plusSeconds(37), PLAN, served, Optional.of(stack(new LiveSnapshot.ReplicaLag(0.21, 0))))))
                .isEqualTo("  37/100 s  ramp       offered   100/s  served   100/s  p95    14 ms  errors  0.1 %"
                        + "  instances 5 of 6 healthy, 7 desired  lag 0.2 s");
    }

    @Test
    void afterThePlanItDrains() {
        assertThat(LiveLine.format(new LiveFacts(
                        START.plusSeconds(105),
                        PLAN,
                        Served.nothing(""),
                        Optional.of(stack(new LiveSnapshot.ReplicaLag(0, 1))))))
                .isEqualTo(" 100/100 s  draining   offered     0/s  served     -/s  p95     - ms  errors    - %"
                        + "  instances 5 of 6 healthy, 7 desired  replication STOPPED on 1");
    }

    @Test
    void ofInjectorsItTellsHowMany() {
        assertThat(LiveLine.format(LiveFacts.ofInjectors(3, START.plusSeconds(1), PLAN, Optional.empty())))
                .isEqualTo("   1/100 s  ramp       offered   100/s  3 injectors");
    }
}
