package io.plimsoll.environments.aws;

import io.plimsoll.environments.aws.HistoryReader.History;
import io.plimsoll.results.observation.Event;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.observation.Topology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.autoscaling.model.Activity;

/** Reads the histories that AWS keeps in each region of a stack. */
record Histories(Regions regions, AwsCalls calls, TimeWindow window) {
    /** The histories of every part of these topologies, by region. */
    Map<String, History> read(Topology... topologies) throws InterruptedException {
        Map<String, History> histories = new LinkedHashMap<>();
        for (String region : regions.finds().keySet()) {
            Topology[] there = Arrays.stream(topologies)
                    .map(topology -> regions.in(region, topology))
                    .toArray(Topology[]::new);
            History history = new HistoryReader(regions.services(region), calls, window).read(there);
            histories.put(region, prefixed(regions.prefix(region), history));
        }
        return histories;
    }

    private static History prefixed(String prefix, History history) {
        return new History(
                history.activities(),
                history.alarms(),
                history.problems().stream().map(problem -> prefix + problem).toList());
    }

    /** The histories of all regions as one. */
    static History merged(Collection<History> histories) {
        List<Activity> activities = new ArrayList<>();
        List<Event> alarms = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (History history : histories) {
            activities.addAll(history.activities());
            alarms.addAll(history.alarms());
            problems.addAll(history.problems());
        }
        return new History(List.copyOf(activities), List.copyOf(alarms), List.copyOf(problems));
    }
}
