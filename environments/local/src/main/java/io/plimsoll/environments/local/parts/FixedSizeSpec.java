package io.plimsoll.environments.local.parts;

import io.plimsoll.environments.local.descriptor.Common;
import io.plimsoll.environments.local.estate.Fleet;
import io.plimsoll.environments.local.estate.InstanceView;
import io.plimsoll.environments.local.process.ProcessException;
import io.plimsoll.environments.local.site.Part;
import io.plimsoll.environments.local.site.PartSpec;
import io.plimsoll.environments.local.site.Site;
import io.plimsoll.results.document.Document.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A number of instances that are launched once and not replaced, spread over the zones.
 *
 * @param name name of the part
 * @param fleet name of the fleet's part
 * @param instances how many
 * @param common what the parts share
 */
record FixedSizeSpec(String name, String fleet, int instances, Common common) implements PartSpec {
    static PartSpec read(String name, Node node, Common common) {
        node.allowOnly("kind", "fleet", "instances");
        return new FixedSizeSpec(
                name, node.required("fleet").text(), node.required("instances").integer(1, 16), common);
    }

    @Override
    public List<String> uses() {
        return List.of(fleet);
    }

    @Override
    public Part start(Site site) {
        RunningFleet running = site.part(fleet, RunningFleet.class);
        List<CompletableFuture<InstanceView>> launching = new ArrayList<>();
        for (int i = 0; i < instances; i++) {
            String zone = common.zones().get(i % common.zones().size());
            launching.add(CompletableFuture.supplyAsync(() -> launch(running, zone), site.executor()));
        }
        launching.forEach(CompletableFuture::join);
        return new Running(running, instances);
    }

    private static InstanceView launch(RunningFleet running, String zone) {
        try {
            InstanceView instance = running.fleet().launch(zone);
            running.fleet().register(instance.id());
            return instance;
        } catch (Fleet.LaunchException e) {
            throw new ProcessException("fleet " + running.spec().name() + ": " + e.getMessage(), e);
        }
    }

    /** Its instances at work. */
    record Running(RunningFleet fleet, int instances) implements Part {
        @Override
        public Optional<String> waitingFor() {
            int healthy = fleet.healthy().size();
            return healthy >= instances
                    ? Optional.empty()
                    : Optional.of("fleet " + fleet.spec().name() + ": " + healthy + " of " + instances + " in service");
        }
    }
}
