package io.plimsoll.simulations.plan;

import io.plimsoll.results.document.Document;
import io.plimsoll.results.document.DocumentException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * A traffic mix: what is requested, as weighted requests and journeys. The service under test may be any; its requests
 * stand in the mix's file.
 *
 * @param name the mix's name
 * @param values where the values in its requests come from, by name
 * @param visits what users do, at least one
 * @param seed of the sequence of visits and values
 */
public record Traffic(String name, SortedMap<String, ValueSource> values, List<Visit> visits, long seed) {
    /** Key of a draw that holds the {@linkplain Visit#id id} of what is to be done. */
    public static final String VISIT = "visit";

    public Traffic {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        visits = List.copyOf(visits);
    }

    /**
     * Reads {@code traffic/<name>.yaml}.
     *
     * @throws DocumentException if there is no such mix or its file is wrong
     */
    public static Traffic read(Path directory, String name) {
        Document.Node root = NamedFile.read(directory, "traffic", name);
        root.allowOnly("traffic", "says", "seed", "values", "requests", "journeys");
        root.required("says").text();
        Map<String, ValueSource> values = root.optional("values")
                .map(node -> ValueSource.read(node, directory))
                .orElse(Map.of());
        List<Visit> visits = new ArrayList<>();
        items(root, "requests").forEach(item -> visits.add(Visit.request(item, name, values)));
        items(root, "journeys").forEach(item -> visits.add(Visit.journey(item, name, values)));
        if (visits.isEmpty()) {
            throw root.required("traffic").error("must have 'requests' or 'journeys'");
        }
        if (visits.stream().map(Visit::id).distinct().count() != visits.size()) {
            throw root.required("traffic").error("names of requests and journeys must differ");
        }
        return new Traffic(
                name, new TreeMap<>(values), visits, root.required("seed").integer(0, Integer.MAX_VALUE));
    }

    private static List<Document.Node> items(Document.Node root, String key) {
        return root.optional(key).map(Document.Node::items).orElse(List.of());
    }

    /** Names of all mixes of a directory, sorted. */
    public static List<String> names(Path directory) {
        return NamedFile.names(directory);
    }

    /** Names of the requests that this traffic sends. */
    public SortedSet<String> requestNames() {
        SortedSet<String> names = new TreeSet<>();
        visits.forEach(visit -> visit.requests().forEach(request -> names.add(request.name())));
        return names;
    }

    /** The mean number of requests of a visit, if none fails: rates are of requests, and users arrive at this share. */
    public double requestsPerVisit() {
        double requests = visits.stream()
                .mapToDouble(visit -> (double) visit.weight() * visit.requests().size())
                .sum();
        return requests / visits.stream().mapToInt(Visit::weight).sum();
    }

    /**
     * The endless sequence of visits: under {@link #VISIT} its id, and every value. The same seed gives the same sequence.
     */
    public Iterator<Map<String, Object>> draws() {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        List<ValueSource.Draw> draws = new ArrayList<>();
        values.forEach((key, source) -> draws.add(source.draw(key, random)));
        int weights = visits.stream().mapToInt(Visit::weight).sum();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Map<String, Object> next() {
                Map<String, Object> drawn = new HashMap<>();
                drawn.put(VISIT, visit(random.nextInt(weights)).id());
                draws.forEach(draw -> draw.into(drawn));
                return drawn;
            }
        };
    }

    private Visit visit(int ticket) {
        int left = ticket;
        for (Visit visit : visits) {
            left -= visit.weight();
            if (left < 0) {
                return visit;
            }
        }
        throw new IllegalStateException("traffic " + name + ": ticket " + ticket + " is beyond all weights");
    }
}
