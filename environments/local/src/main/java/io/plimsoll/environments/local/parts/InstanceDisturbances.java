package io.plimsoll.environments.local.parts;

import io.plimsoll.environments.local.estate.InstanceActs;
import io.plimsoll.environments.local.estate.InstanceView;
import io.plimsoll.environments.local.estate.InstanceView.State;
import io.plimsoll.environments.local.site.Disturbances.Parameters;
import io.plimsoll.environments.local.site.Disturbances.Refused;
import io.plimsoll.environments.local.site.Site;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** What can be done to instances of whatever fleet. */
public final class InstanceDisturbances {
    /** Well within the time that an order may take. */
    private static final int LONGEST_FREEZE_MILLIS = 20_000;

    private final Site site;

    private InstanceDisturbances(Site site) {
        this.site = site;
    }

    /** Makes them known. */
    public static void register(Site site) {
        InstanceDisturbances instances = new InstanceDisturbances(site);
        site.disturbances().register("terminate-instance", p -> instances.one(p, InstanceActs::kill, "terminated "));
        site.disturbances().register("freeze-instance", instances::freeze);
        site.disturbances().register("thaw-instance", p -> instances.one(p, InstanceActs::thaw, "thawed "));
        site.disturbances().register("take-zone", instances::takeZone);
    }

    private String one(Parameters parameters, BiConsumer<InstanceActs, String> act, String done) throws Refused {
        String id = parameters.text("id");
        InstanceView instance = site.estate().instances().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new Refused(404, "no instance '" + id + "'"));
        if (instance.state() == State.TERMINATED) {
            throw new Refused(409, "instance " + id + " is terminated");
        }
        acts(id, act);
        return done + id;
    }

    private void acts(String id, BiConsumer<InstanceActs, String> act) {
        site.estate().all(InstanceActs.class).stream()
                .filter(fleet -> fleet.instanceIds().contains(id))
                .forEach(fleet -> act.accept(fleet, id));
    }

    /** For a number of milliseconds if one is given: it returns once they are over, so that they are as exact as can be. */
    private String freeze(Parameters parameters) throws Refused {
        if (!parameters.values().containsKey("millis")) {
            return one(parameters, InstanceActs::freeze, "froze ");
        }
        int millis = parameters.whole("millis", 1, LONGEST_FREEZE_MILLIS);
        String froze = one(parameters, InstanceActs::freeze, "froze ");
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
            return froze + " for " + millis + " ms";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(409, "the stack is being stopped");
        } finally {
            one(parameters, InstanceActs::thaw, "thawed ");
        }
    }

    private String takeZone(Parameters parameters) throws Refused {
        String zone = parameters.text("zone");
        List<String> ids = site.estate().instances().stream()
                .filter(instance -> instance.zone().equals(zone) && instance.state() == State.RUNNING)
                .map(InstanceView::id)
                .toList();
        if (ids.isEmpty()) {
            throw new Refused(404, "no instance runs in zone '" + zone + "'");
        }
        ids.forEach(id -> acts(id, InstanceActs::kill));
        return "terminated " + String.join(", ", ids);
    }
}
