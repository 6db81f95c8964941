package io.plimsoll.environments.aws;

import io.plimsoll.environments.aws.LiveSnapshot.ReplicaLag;
import io.plimsoll.environments.aws.descriptor.Observing;
import io.plimsoll.results.observation.Absence;
import io.plimsoll.results.observation.MetricCatalogue;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Sample;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.observation.Topology;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;

/**
 * Keeps the numbers of the live line fresh: sizes of groups at most once a second, replica lag at most once a period, because
 * each of its pulls is billed. What cannot be read is left out; the run's own record does not rest on it. Used by one
 * thread.
 */
final class LiveView {
    private static final Duration SHORTEST_REFRESH = Duration.ofSeconds(1);
    /** CloudWatch publishes late: the latest datapoint is looked for this many periods back. */
    private static final int PERIODS_BACK = 5;

    private final Regions regions;
    private final Map<String, List<String>> groups;
    private final MetricReader reader;
    private final AwsCalls calls;
    private final Observing observe;
    private final List<MetricQuery> lagQueries;
    private Instant capacityDue = Instant.MIN;
    private Instant lagDue = Instant.MIN;
    private List<LiveSnapshot.Group> sizes = List.of();
    private Optional<ReplicaLag> lag = Optional.empty();
    private List<MetricProgress> pulled = List.of();

    /**
     * Nothing is asked yet.
     *
     * @param regions where its scaling groups are
     */
    LiveView(Regions regions, MetricReader reader, AwsCalls calls, Observing observe, Topology topology) {
        this.regions = regions;
        this.reader = reader;
        this.calls = calls;
        this.observe = observe;
        this.groups = topology.of(ResourceKind.SCALING_GROUP).stream()
                .collect(Collectors.groupingBy(regions::of, Collectors.mapping(Resource::id, Collectors.toList())));
        this.lagQueries = observe.liveMetrics()
                ? MetricQuery.of(MetricCatalogue.named("replica lag").stream().toList(), topology)
                : List.of();
    }

    /** Asks again for what is due, and puts the latest together. */
    LiveSnapshot refresh(Optional<LiveSnapshot.Targets> targets) throws InterruptedException {
        Instant now = calls.clock().instant();
        if (!groups.isEmpty() && !now.isBefore(capacityDue)) {
            capacityDue = now.plus(SHORTEST_REFRESH);
            sizes = sizes();
        }
        if (!lagQueries.isEmpty() && !now.isBefore(lagDue)) {
            Duration period = observe.period();
            lagDue = now.plus(period.compareTo(SHORTEST_REFRESH) > 0 ? period : SHORTEST_REFRESH);
            lag = lag(now);
        }
        return new LiveSnapshot(calls.clock().instant(), targets, sizes, lag);
    }

    /** The datapoints that the latest refresh pulled, each of them once. */
    List<Series> pulled(String region) {
        List<MetricProgress> latest = pulled;
        pulled = List.of();
        return latest.stream()
                .filter(progress -> progress.latest().isPresent())
                .map(progress -> progress.toSeries(region, observe.period(), Duration.ZERO))
                .toList();
    }

    private List<LiveSnapshot.Group> sizes() throws InterruptedException {
        List<LiveSnapshot.Group> found = new ArrayList<>();
        try {
            for (Map.Entry<String, List<String>> place : groups.entrySet()) {
                calls
                        .pages(
                                GroupDiscovery.DESCRIBE_GROUPS,
                                token -> regions.services(place.getKey())
                                        .autoScaling()
                                        .describeAutoScalingGroups(
                                                request -> request.autoScalingGroupNames(place.getValue())
                                                        .nextToken(token)),
                                DescribeAutoScalingGroupsResponse::nextToken)
                        .stream()
                        .flatMap(page -> page.autoScalingGroups().stream())
                        .map(LiveView::size)
                        .forEach(found::add);
            }
            found.sort(Comparator.comparing(LiveSnapshot.Group::name));
            return List.copyOf(found);
        } catch (ObservationException e) {
            return List.of();
        }
    }

    private static LiveSnapshot.Group size(AutoScalingGroup group) {
        long inService = group.instances().stream()
                .filter(instance -> instance.lifecycleState() == LifecycleState.IN_SERVICE)
                .count();
        return new LiveSnapshot.Group(group.autoScalingGroupName(), (int) inService, group.desiredCapacity());
    }

    private Optional<ReplicaLag> lag(Instant now) throws InterruptedException {
        List<MetricProgress> pulled =
                lagQueries.stream().map(MetricProgress::new).toList();
        TimeWindow recent = new TimeWindow(now.minus(observe.period().multipliedBy(PERIODS_BACK)), now);
        reader.pull(pulled, MetricReader.aligned(recent, observe.period()));
        this.pulled = pulled;
        boolean any = false;
        double longest = 0;
        int stopped = 0;
        for (MetricProgress progress : pulled) {
            Optional<Sample> latest = progress.latest();
            any |= latest.isPresent();
            if (latest.isPresent() && isSentinel(progress, latest.get())) {
                stopped++;
            } else {
                longest = Math.max(longest, latest.map(Sample::value).orElse(0.0));
            }
        }
        return any ? Optional.of(new ReplicaLag(longest, stopped)) : Optional.empty();
    }

    private static boolean isSentinel(MetricProgress progress, Sample sample) {
        return progress.query().definition().absence() instanceof Absence.Sentinel sentinel
                && sentinel.value() == sample.value();
    }
}
