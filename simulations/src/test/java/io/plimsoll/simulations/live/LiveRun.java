package io.plimsoll.simulations.live;

import io.plimsoll.environments.aws.LiveSnapshot;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.Phase;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.simulations.console.LiveFacts;
import io.plimsoll.simulations.console.Served;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Facts of a run of a hundred seconds. */
final class LiveRun {
    static final Instant START = Instant.ofEpochMilli(1_764_072_000_000L);

    private LiveRun() {}

    static LoadPlan plan() {
        return new LoadPlan(
                "plan",
                List.of(
                        new Phase("ramp", new TimeWindow(START, START.plusSeconds(60)), 0, 300),
                        new Phase("steady", new TimeWindow(START.plusSeconds(60), START.plusSeconds(100)), 300, 300)),
                new TreeMap<>());
    }

    /** A second of it, with one request and one scaling group of that name. */
    static LiveFacts second(int second, String name) {
        Instant at = START.plusSeconds(second);
        Served.Numbers numbers = new Served.Numbers(299.6, 12, 0.005);
        return new LiveFacts(
                at,
                plan(),
                new Served(Optional.of(numbers), List.of(new Served.Request(name, numbers)), ""),
                Optional.of(new LiveSnapshot(
                        at,
                        Optional.of(new LiveSnapshot.Targets(3, 2)),
                        List.of(new LiveSnapshot.Group(name, 2, 3)),
                        Optional.of(new LiveSnapshot.ReplicaLag(0.25, 0)))));
    }
}
