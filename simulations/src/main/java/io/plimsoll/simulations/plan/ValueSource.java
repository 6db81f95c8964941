package io.plimsoll.simulations.plan;

import io.plimsoll.results.document.Document;
import io.plimsoll.results.document.DocumentException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.DiscreteSampler;
import org.apache.commons.rng.sampling.distribution.RejectionInversionZipfSampler;

/** Where the values of a traffic mix come from. Each is drawn once a visit, so that all its requests share them. */
public sealed interface ValueSource {
    /** Draws the values for one visit after the other; used by one thread. */
    interface Draw {
        /** Adds this source's values to those of a visit. */
        void into(Map<String, Object> values);
    }

    /**
     * A fresh sequence of draws.
     *
     * @param name the value's name
     * @param random what it draws from
     */
    Draw draw(String name, UniformRandomProvider random);

    /** Names of the values it gives, for a source of that name. */
    default Set<String> names(String name) {
        return Set.of(name);
    }

    /**
     * Zipf's law: the popularity of key k is proportional to 1 / k^exponent.
     *
     * @param keys drawn are 1 to this
     * @param exponent &gt; 0
     * @param hotShare share of draws that is key 1 whatever the law says, in [0, 1): one hot key
     */
    record Zipf(int keys, double exponent, double hotShare) implements ValueSource {
        @Override
        public Draw draw(String name, UniformRandomProvider random) {
            DiscreteSampler sampler = RejectionInversionZipfSampler.of(random, keys, exponent);
            return values -> values.put(name, random.nextDouble() < hotShare ? 1 : sampler.sample());
        }
    }

    /**
     * Every key alike.
     *
     * @param keys drawn are 1 to this
     */
    record Uniform(int keys) implements ValueSource {
        @Override
        public Draw draw(String name, UniformRandomProvider random) {
            return values -> values.put(name, 1 + random.nextInt(keys));
        }
    }

    /**
     * One after the other, never twice.
     *
     * @param first the first
     */
    record Sequence(int first) implements ValueSource {
        @Override
        public Draw draw(String name, UniformRandomProvider random) {
            long[] next = {first};
            return values -> values.put(name, next[0]++);
        }
    }

    /**
     * Rows of a file, one a visit; a value {@code name.column} for each column. After the last row the first follows.
     *
     * @param rows at least one
     * @param random whether rows are drawn at random instead of in order
     */
    record Csv(List<Map<String, String>> rows, boolean random) implements ValueSource {
        public Csv {
            rows = List.copyOf(rows);
        }

        @Override
        public Draw draw(String name, UniformRandomProvider source) {
            int[] next = {0};
            return values -> {
                int row = random ? source.nextInt(rows.size()) : next[0]++ % rows.size();
                rows.get(row).forEach((column, value) -> values.put(name + "." + column, value));
            };
        }

        @Override
        public Set<String> names(String name) {
            Set<String> names = new TreeSet<>();
            rows.get(0).keySet().forEach(column -> names.add(name + "." + column));
            return names;
        }
    }

    /**
     * What an environment variable of the injector holds, such as a token. Only the variable's name is in the mix, and so
     * in the run's evidence.
     *
     * @param variable its name
     */
    record Environment(String variable) implements ValueSource {
        @Override
        public Draw draw(String name, UniformRandomProvider random) {
            String held = System.getenv(variable);
            if (held == null) {
                throw new IllegalStateException("the environment variable " + variable + " is not set any more");
            }
            return values -> values.put(name, held);
        }
    }

    /**
     * Reads the section {@code values} of a mix.
     *
     * @param directory where CSV files are
     */
    static Map<String, ValueSource> read(Document.Node values, Path directory) {
        Map<String, ValueSource> sources = new TreeMap<>();
        values.mapping().forEach((name, node) -> {
            if (!name.matches("[a-z][a-z0-9_-]*")) {
                throw new DocumentException(node.place() + ": " + node.key()
                        + ": a value's name must be lower-case letters, digits, '_' and '-', beginning with a letter");
            }
            sources.put(name, one(node, directory));
        });
        return sources;
    }

    private static ValueSource one(Document.Node node, Path directory) {
        node.allowOnly("zipf", "exponent", "hot", "uniform", "sequence", "csv", "order", "env");
        List<String> kinds = List.of("zipf", "uniform", "sequence", "csv", "env").stream()
                .filter(node.keys()::contains)
                .toList();
        if (kinds.size() != 1) {
            throw node.error("must have exactly one of zipf, uniform, sequence, csv, env");
        }
        Document.Node given = node.required(kinds.get(0));
        return switch (kinds.get(0)) {
            case "zipf" ->
                new Zipf(
                        given.integer(1, 100_000_000),
                        node.required("exponent").number(0.01, 10),
                        node.optional("hot").map(ValueSource::share).orElse(0.0));
            case "uniform" -> new Uniform(given.integer(1, 100_000_000));
            case "sequence" -> new Sequence(given.integer(0, Integer.MAX_VALUE));
            case "env" -> environment(given);
            default ->
                new Csv(
                        CsvFile.read(given, directory),
                        node.optional("order")
                                .map(order -> order.oneOf(List.of("file", "random")))
                                .filter("random"::equals)
                                .isPresent());
        };
    }

    private static Environment environment(Document.Node given) {
        if (System.getenv(given.text()) == null) {
            throw given.error("must be an environment variable that is set");
        }
        return new Environment(given.text());
    }

    private static double share(Document.Node node) {
        if (!node.text().matches("\\d{1,2}(\\.\\d+)? %")) {
            throw node.error("must be a share below 100 % such as '5 %'");
        }
        return Double.parseDouble(node.text().replace(" %", "")) / 100;
    }
}
