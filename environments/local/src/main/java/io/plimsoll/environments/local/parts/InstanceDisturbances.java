package io.plimsoll.environments.local.parts;

import io.plimsoll.environments.local.fleet.InstanceFleet;
import io.plimsoll.environments.local.site.Disturbances.Parameters;
import io.plimsoll.environments.local.site.Disturbances.Refused;
import io.plimsoll.environments.local.site.Site;

/** What can be done to instances of whatever fleet. */
public final class InstanceDisturbances {
    private final Site site;

    private InstanceDisturbances(Site site) {
        this.site = site;
    }

    /** Makes them known. */
    public static void register(Site site) {
        InstanceDisturbances instances = new InstanceDisturbances(site);
        site.disturbances().register("terminate-instance", instances::terminate);
    }

    private String terminate(Parameters parameters) throws Refused {
        String id = parameters.text("id");
        if (site.estate().all(InstanceFleet.class).stream().noneMatch(fleet -> fleet.kill(id))) {
            throw new Refused(404, "no instance '" + id + "'");
        }
        return "terminated " + id;
    }
}
