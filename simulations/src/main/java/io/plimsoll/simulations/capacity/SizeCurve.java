package io.plimsoll.simulations.capacity;

import io.plimsoll.assertions.capacity.ScalabilityFit;
import io.plimsoll.results.capacity.CapacityResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Throughput over the size of the group that limits, from searches at several sizes. Each size counts once, with both ends of
 * its answer: the truth lies between them.
 */
public final class SizeCurve {
    private SizeCurve() {}

    /**
     * Fits the law.
     *
     * @param searches the latest first; those without an answer, or limited by something else than the first, do not count
     * @return empty with fewer than three sizes
     */
    public static Optional<CapacityResult.Scalability> of(List<CapacityResult> searches) {
        Optional<String> limiting = searches.stream().findFirst().flatMap(CapacityResult::limiting);
        if (limiting.isEmpty()) {
            return Optional.empty();
        }
        SortedMap<Integer, CapacityResult> bySize = new TreeMap<>();
        searches.stream()
                .filter(search -> search.complete() && search.limiting().equals(limiting))
                .forEach(search -> bySize.putIfAbsent(search.instances(), search));
        if (bySize.size() < ScalabilityFit.FEWEST_SIZES) {
            return Optional.empty();
        }
        List<ScalabilityFit.Point> points = new ArrayList<>();
        bySize.forEach((size, search) -> Stream.of(search.highestPassing(), search.lowestFailing())
                .flatMap(Optional::stream)
                .forEach(rate -> points.add(new ScalabilityFit.Point(size, rate))));
        return FittedCurve.of("instances of " + limiting.get(), points);
    }
}
