package io.plimsoll.environments.local.parts;

import io.plimsoll.environments.local.descriptor.Common;
import io.plimsoll.environments.local.descriptor.Values;
import io.plimsoll.environments.local.estate.ArnSuffix;
import io.plimsoll.environments.local.scaling.Cron;
import io.plimsoll.environments.local.scaling.GroupInstance;
import io.plimsoll.environments.local.scaling.GroupStatus;
import io.plimsoll.environments.local.scaling.ScalingGroup;
import io.plimsoll.environments.local.scaling.ScalingGroupSpec;
import io.plimsoll.environments.local.scaling.ScheduledActionSpec;
import io.plimsoll.environments.local.site.Part;
import io.plimsoll.environments.local.site.PartSpec;
import io.plimsoll.environments.local.site.Site;
import io.plimsoll.results.document.Document.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
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

    private static final Duration DEFAULT_COOLDOWN = Duration.ofSeconds(15);

    /**
     * How many instances, and when that changes.
     *
     * @param min fewest instances
     * @param max most instances
     * @param desired instances at the start, within [min, max]
     * @param warmUp an instance counts in the group's metric only after it
     * @param cooldown from a simple policy's activity until another may begin
     * @param policies its policies, read again once its target group is known
     * @param schedule its scheduled actions, by the time of the start
     */
    record Size(
            int min,
            int max,
            int desired,
            Duration warmUp,
            Duration cooldown,
            Function<String, List<GroupPolicyReader.Described>> policies,
            Function<Instant, List<ScheduledActionSpec>> schedule) {}

    static PartSpec read(String name, Node node, Common common) {
        node.allowOnly(
                "kind", "fleet", "min", "max", "desired", "warm-up", "cooldown", "policy", "policies", "schedule");
        int min = node.required("min").integer(0, 16);
        int max = node.required("max").integer(Math.max(min, 1), 16);
        String fleet = node.required("fleet").text();
        List<Node> policies = new ArrayList<>();
        node.optional("policy").ifPresent(policies::add);
        node.optional("policies").ifPresent(list -> policies.addAll(list.items()));
        List<Node> schedule = node.optional("schedule").map(Node::items).orElse(List.of());
        Function<String, List<GroupPolicyReader.Described>> reading = label -> policies.stream()
                .map(new GroupPolicyReader(Common.resourceName(fleet), label, ALARM_PERIOD)::read)
                .toList();
        // Read here for its mistakes alone, so that they are told before anything is started.
        var unused = reading.apply(label(fleet, fleet));
        Function<Instant, List<ScheduledActionSpec>> timing = start ->
                schedule.stream().map(action -> scheduled(action, start)).toList();
        var unusedToo = timing.apply(Instant.EPOCH);
        Size size = new Size(
                min,
                max,
                node.required("desired").integer(min, max),
                Values.within(node.required("warm-up"), Duration.ZERO, Values.LONGEST),
                node.optional("cooldown")
                        .map(time -> Values.within(time, Duration.ZERO, Values.LONGEST))
                        .orElse(DEFAULT_COOLDOWN),
                reading,
                timing);
        return new GroupSpec(name, fleet, size, common);
    }

    private static ScheduledActionSpec scheduled(Node node, Instant start) {
        node.allowOnly("name", "after", "recurrence", "min", "max", "desired");
        try {
            return new ScheduledActionSpec(
                    node.required("name").text(),
                    node.optional("after").map(after -> start.plus(after.duration())),
                    Optional.empty(),
                    node.optional("recurrence").map(text -> Cron.parse(text.text())),
                    size(node.optional("min")),
                    size(node.optional("max")),
                    size(node.optional("desired")));
        } catch (IllegalArgumentException e) {
            throw node.error(String.valueOf(e.getMessage()));
        }
    }

    private static OptionalInt size(Optional<Node> node) {
        return node.map(each -> OptionalInt.of(each.integer(0, 16))).orElse(OptionalInt.empty());
    }

    /** What ALBRequestCountPerTarget calls a target group. */
    private static String label(String balancer, String fleet) {
        return ArnSuffix.loadBalancer(Common.resourceName(balancer)) + "/"
                + ArnSuffix.targetGroup(Common.resourceName(fleet));
    }

    @Override
    public List<String> uses() {
        return List.of(fleet);
    }

    @Override
    public Part start(Site site) {
        RunningFleet scaled = site.part(fleet, RunningFleet.class);
        List<GroupPolicyReader.Described> described =
                size.policies().apply(label(scaled.spec().behind().orElse(fleet), fleet));
        ScalingGroupSpec spec = new ScalingGroupSpec(
                Common.resourceName(fleet),
                scaled.spec().type().name(),
                List.of(Common.resourceName(fleet)),
                common.zones(),
                size.min(),
                size.max(),
                size.desired(),
                size.warmUp(),
                size.cooldown(),
                described.stream().map(GroupPolicyReader.Described::policy).toList(),
                described.stream().flatMap(each -> each.alarm().stream()).toList(),
                size.schedule().apply(Instant.now()),
                ALARM_PERIOD);
        scaled.joins(Common.resourceName(fleet));
        return new Running(site.scaling().add(common.region(), spec, site.estate(), scaled.fleet()), size.desired());
    }

    private record Running(ScalingGroup group, int desired) implements Part {
        @Override
        public Stream<?> offers() {
            return Stream.of(group);
        }

        /** It learns of a target's health a moment later than the target group. */
        @Override
        public Optional<String> waitingFor() {
            GroupStatus status = group.status();
            long inService = status.instances().stream()
                    .filter(instance -> instance.lifecycle() == GroupInstance.Lifecycle.IN_SERVICE)
                    .count();
            return inService >= Math.min(desired, status.desired())
                    ? Optional.empty()
                    : Optional.of("group " + status.name() + ": " + inService + " of " + desired + " in service");
        }
    }
}
