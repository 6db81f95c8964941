package io.plimsoll.simulations.capacity;

import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.observation.Topology;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many instances there were while rates were tried, and whether that was one number all the while.
 *
 * @param bySize instances in service of each scaling group; the most, if it changed
 * @param instances all of the stack that were there
 * @param moved why this is not one size, in one sentence; empty if it is
 */
record GroupSizes(SortedMap<String, Integer> bySize, int instances, Optional<String> moved) {
    private static final String IN_SERVICE = "instances in service";

    static GroupSizes of(Topology topology, List<Series> series, Optional<TimeWindow> searched) {
        SortedMap<String, Integer> sizes = new TreeMap<>();
        List<String> moves = new ArrayList<>();
        TimeWindow window = searched.orElse(new TimeWindow(Instant.EPOCH, Instant.EPOCH));
        for (Resource group : topology.of(ResourceKind.SCALING_GROUP)) {
            List<Long> seen = sizes(group.id(), series, window);
            if (seen.isEmpty()) {
                moves.add("nothing says how many instances group " + group.id() + " had");
                continue;
            }
            long most = seen.get(seen.size() - 1);
            sizes.put(group.id(), (int) most);
            if (seen.size() > 1) {
                moves.add("group " + group.id() + " had " + seen.get(0) + " to " + most
                        + " instances while rates were tried");
            }
        }
        List<Resource> instances = topology.of(ResourceKind.INSTANCE);
        instances.stream()
                .filter(instance -> within(instance.existedFrom(), window) || within(instance.existedUntil(), window))
                .forEach(instance -> moves.add("instance " + instance.id() + " came or went while rates were tried"));
        long there = instances.stream()
                .filter(instance -> instance.existedUntil().isEmpty())
                .count();
        return new GroupSizes(sizes, (int) there, moves.stream().findFirst());
    }

    private static boolean within(Optional<Instant> moment, TimeWindow window) {
        return moment.filter(window::contains).isPresent();
    }

    /** Each size that a group had, ascending. */
    private static List<Long> sizes(String group, List<Series> series, TimeWindow window) {
        return series.stream()
                .filter(one -> one.name().equals(IN_SERVICE) && one.resource().equals(group))
                .flatMap(one -> one.samples().stream())
                .filter(sample -> window.contains(sample.start()))
                .map(sample -> Math.round(sample.value()))
                .distinct()
                .sorted()
                .toList();
    }
}
