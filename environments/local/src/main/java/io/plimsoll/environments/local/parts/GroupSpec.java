package io.plimsoll.environments.local.parts;

import io.plimsoll.environments.local.descriptor.Common;
import io.plimsoll.environments.local.descriptor.Values;
import io.plimsoll.environments.local.scaling.GroupInstance;
import io.plimsoll.environments.local.scaling.ScalingGroup;
import io.plimsoll.environments.local.scaling.ScalingGroupSpec;
import io.plimsoll.environments.local.site.Part;
import io.plimsoll.environments.local.site.PartSpec;
import io.plimsoll.environments.local.site.Site;
import io.plimsoll.results.document.Document.Node;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An auto-scaling group, which launches and ends the instances of one fleet.
 *
 * @param name name of the part
 * @param fleet name of the fleet's part
 * @param size how many instances, and when that changes
 * @param common what the parts share
 */
record GroupSpec(String name, String fleet, Size size, Common common) implements PartSpec {
    /** Alarms look at the finest period there is. */
    private static final Duration ALARM_PERIOD = Duration.ofSeconds(1);

    /**
     * How many instances, and when that changes.
     *
     * @param min fewest instances
     * @param max most instances
     * @param desired instances at the start, within [min, max]
     * @param warmUp an instance counts in the group's metric only after it
     * @param target average CPU utilisation to hold, in percent
     * @param scaleOutDatapoints breaching periods in a row until the high alarm
     * @param scaleInDatapoints breaching periods in a row until the low alarm
     */
    record Size(
            int min,
            int max,
            int desired,
            Duration warmUp,
            double target,
            int scaleOutDatapoints,
            int scaleInDatapoints) {}

    static PartSpec read(String name, Node node, Common common) {
        node.allowOnly("kind", "fleet", "min", "max", "desired", "warm-up", "policy");
        int min = node.required("min").integer(0, 16);
        int max = node.required("max").integer(Math.max(min, 1), 16);
        Node policy = node.required("policy");
        policy.allowOnly("type", "metric", "target", "scale-out-datapoints", "scale-in-datapoints");
        policy.required("type").oneOf(List.of("target-tracking"));
        policy.required("metric").oneOf(List.of("ASGAverageCPUUtilization"));
        Size size = new Size(
                min,
                max,
                node.required("desired").integer(min, max),
                Values.within(node.required("warm-up"), Duration.ZERO, Values.LONGEST),
                policy.required("target").number(1, 99),
                policy.required("scale-out-datapoints").integer(1, 60),
                policy.required("scale-in-datapoints").integer(1, 60));
        return new GroupSpec(name, node.required("fleet").text(), size, common);
    }

    @Override
    public List<String> uses() {
        return List.of(fleet);
    }

    @Override
    public Part start(Site site) {
        RunningFleet scaled = site.part(fleet, RunningFleet.class);
        ScalingGroup group = new ScalingGroup(
                new ScalingGroupSpec(
                        Common.resourceName(fleet),
                        scaled.spec().type().name(),
                        List.of(Common.resourceName(fleet)),
                        common.zones(),
                        size.min(),
                        size.max(),
                        size.desired(),
                        size.warmUp(),
                        size.target(),
                        size.scaleOutDatapoints(),
                        size.scaleInDatapoints(),
                        ALARM_PERIOD),
                site.estate(),
                scaled.fleet(),
                site.metrics(),
                Clock.systemUTC());
        scaled.joins(Common.resourceName(fleet));
        group.start();
        return new Running(group, size.desired());
    }

    private record Running(ScalingGroup group, int desired) implements Part {
        @Override
        public Stream<?> offers() {
            return Stream.of(group);
        }

        /** It learns of a target's health a moment later than the target group. */
        @Override
        public Optional<String> waitingFor() {
            long inService = group.groups().stream()
                    .flatMap(status -> status.instances().stream())
                    .filter(instance -> instance.lifecycle() == GroupInstance.Lifecycle.IN_SERVICE)
                    .count();
            return inService >= desired
                    ? Optional.empty()
                    : Optional.of("group " + group.groups().get(0).spec().name() + ": " + inService + " of " + desired
                            + " in service");
        }

        @Override
        public void close() {
            group.close();
        }
    }
}
