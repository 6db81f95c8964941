package io.plimsoll.environments.aws;

import io.plimsoll.results.observation.Event;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.observation.Topology;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.autoscaling.model.Activity;

/** Reads the histories that AWS keeps: scaling activities of groups, state changes of the alarms that act on them. */
record HistoryReader(AwsClients.Services services, AwsCalls calls, TimeWindow window) {
    /**
     * What was read.
     *
     * @param activities scaling activities
     * @param alarms state changes of alarms
     * @param problems what could not be read, one sentence each
     */
    record History(List<Activity> activities, List<Event> alarms, List<String> problems) {
        /** Activities and alarms as events. */
        List<Event> events() {
            List<Event> events = new ArrayList<>(alarms);
            activities.stream().map(ScalingActivities::event).forEach(events::add);
            return events;
        }

        /** Whether nothing is missing. */
        boolean whole() {
            return problems.isEmpty();
        }
    }

    /** The histories of every scaling group of these topologies. */
    History read(Topology... topologies) throws InterruptedException {
        Set<String> groups = new TreeSet<>();
        SortedMap<String, String> alarms = new TreeMap<>();
        for (Topology topology : topologies) {
            for (Resource group : topology.of(ResourceKind.SCALING_GROUP)) {
                groups.add(group.id());
                group.facts().keySet().stream()
                        .filter(fact -> fact.startsWith(GroupDiscovery.ALARM_FACT))
                        .forEach(fact -> alarms.put(fact.substring(GroupDiscovery.ALARM_FACT.length()), group.id()));
            }
        }
        List<String> problems = new ArrayList<>();
        List<Activity> activities = new ArrayList<>();
        List<Event> changes = new ArrayList<>();
        try {
            for (String group : groups) {
                activities.addAll(new ScalingActivities(services.autoScaling(), calls).read(group, window));
            }
        } catch (ObservationException e) {
            problems.add("scaling activities: " + e.sentence());
        }
        try {
            for (String alarm : alarms.keySet()) {
                changes.addAll(new AlarmHistory(services.cloudWatch(), calls)
                        .read(alarm, alarms.getOrDefault(alarm, alarm), window));
            }
        } catch (ObservationException e) {
            problems.add("alarm history: " + e.sentence());
        }
        Topology latest = topologies[topologies.length - 1];
        ServiceEvents recorded = new ServiceEvents(services, calls, window);
        Set<String> unseen = new LinkedHashSet<>();
        changes.addAll(Discovery.optional("database events", () -> recorded.databases(latest), List.of(), unseen));
        changes.addAll(Discovery.optional("cache events", () -> recorded.caches(latest), List.of(), unseen));
        changes.addAll(Discovery.optional("changes of the stack", () -> recorded.changes(latest), List.of(), unseen));
        changes.addAll(Discovery.optional("log errors", () -> recorded.logErrors(latest), List.of(), unseen));
        problems.addAll(unseen);
        return new History(List.copyOf(activities), List.copyOf(changes), List.copyOf(problems));
    }
}
