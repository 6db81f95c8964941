package io.plimsoll.simulations.plan;

import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.Phase;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Which traffic each phase of a run sends.
 *
 * @param otherwise the traffic of a phase that names none
 * @param byPhase the traffic of those that do
 */
public record RunTraffic(Traffic otherwise, SortedMap<String, Traffic> byPhase) {
    public RunTraffic {
        byPhase = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(byPhase));
    }

    /** The traffic of a phase. */
    public Traffic of(String phase) {
        return byPhase.getOrDefault(phase, otherwise);
    }

    /** Every mix that some phase of a profile sends, each once. */
    public List<Traffic> mixes(LoadProfile profile) {
        Set<Traffic> mixes = new LinkedHashSet<>();
        profile.steps().forEach(step -> mixes.add(of(step.name())));
        return List.copyOf(mixes);
    }

    /** Names of all requests that a profile's phases send. */
    public Set<String> requestNames(LoadProfile profile) {
        Set<String> names = new TreeSet<>();
        mixes(profile).forEach(mix -> names.addAll(mix.requestNames()));
        return names;
    }

    /** Addresses that a profile's phases send requests to. */
    public Set<String> addresses(LoadProfile profile) {
        Set<String> addresses = new TreeSet<>();
        mixes(profile)
                .forEach(mix -> mix.visits()
                        .forEach(visit -> visit.requests().forEach(request -> addresses.add(request.address()))));
        return addresses;
    }

    /**
     * The endless sequence of visits, each of the mix of the phase it is drawn in.
     *
     * @param plan the plan on the wall clock; asked at every draw
     * @param now the wall clock
     * @param share which part of each mix's sequence
     */
    public Iterator<Map<String, Object>> draws(Supplier<LoadPlan> plan, Supplier<Instant> now, Share share) {
        Map<String, Iterator<Map<String, Object>>> draws = new HashMap<>();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Map<String, Object> next() {
                Traffic mix = of(phase(plan.get(), now.get()));
                return draws.computeIfAbsent(mix.name(), name -> share.of(mix.draws()))
                        .next();
            }
        };
    }

    private static String phase(LoadPlan plan, Instant now) {
        List<Phase> phases = plan.phases();
        return phases.stream()
                .filter(phase -> now.isBefore(phase.window().end()))
                .findFirst()
                .orElse(phases.get(phases.size() - 1))
                .name();
    }
}
