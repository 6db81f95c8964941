package io.plimsoll.environments.local.parts;

import io.plimsoll.environments.local.estate.InstanceView;
import io.plimsoll.environments.local.estate.InstanceView.State;
import io.plimsoll.environments.local.fleet.InstanceFleet;
import io.plimsoll.environments.local.process.Await;
import io.plimsoll.environments.local.site.Disturbances;
import io.plimsoll.environments.local.site.Disturbances.Refused;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** What can be done to the workers, all at once: {@code stop-workers} and {@code start-workers}. */
final class WorkerDisturbances {
    private static final Duration LIMIT = Duration.ofSeconds(25);

    private WorkerDisturbances() {}

    /** Makes them known for the one fleet of workers that a stack has. */
    static void register(Disturbances disturbances, InstanceFleet fleet) {
        disturbances.register(
                "stop-workers", parameters -> all(fleet, State.RUNNING, State.STOPPED, fleet::stop, "stopped"));
        disturbances.register(
                "start-workers", parameters -> all(fleet, State.STOPPED, State.RUNNING, fleet::start, "started"));
    }

    private static String all(InstanceFleet fleet, State from, State to, Consumer<String> act, String done)
            throws Refused {
        List<String> ids = in(fleet, from);
        if (ids.isEmpty()) {
            throw new Refused(409, "no worker is " + from.name().toLowerCase(java.util.Locale.ROOT));
        }
        ids.forEach(act);
        if (!Await.until(() -> in(fleet, to).containsAll(ids), LIMIT)) {
            throw new Refused(409, "the workers were not " + done + " within " + LIMIT.toSeconds() + " s");
        }
        return done + " " + String.join(", ", ids);
    }

    private static List<String> in(InstanceFleet fleet, State state) {
        return fleet.instances().stream()
                .filter(instance -> instance.state() == state)
                .map(InstanceView::id)
                .toList();
    }
}
