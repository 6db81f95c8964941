package io.plimsoll.simulations.plan;

import io.plimsoll.results.document.Document;
import io.plimsoll.results.document.DocumentException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.DiscreteSampler;
import org.apache.commons.rng.sampling.distribution.RejectionInversionZipfSampler;
import org.apache.commons.rng.simple.RandomSource;

/**
 * What is requested: reads of items by Zipf-distributed keys, with one write among so many reads.
 *
 * @param readsPerWrite reads for each write, ≥ 1
 * @param keys number of items that are read, ≥ 1; key 1 is the most popular
 * @param zipfExponent skew of their popularity, > 0
 * @param writeBytes size of a written item
 * @param seed of the sequence of requests
 */
public record Traffic(int readsPerWrite, int keys, double zipfExponent, int writeBytes, long seed) {
    /** Request name of a read. */
    public static final String READ = "read";

    /** Request name of a write. */
    public static final String WRITE = "write";

    /**
     * Reads {@code traffic/<name>.yaml}.
     *
     * @throws DocumentException if there is no such traffic or its file is wrong
     */
    public static Traffic read(Path directory, String name) {
        Document.Node root = NamedFile.read(directory, "traffic", name);
        root.allowOnly("traffic", "reads-per-write", "keys", "zipf-exponent", "write-size", "seed");
        Document.Node size = root.required("write-size");
        if (!size.text().matches("[1-9][0-9]{0,3} KiB")) {
            throw size.error("must be a size in KiB such as '1 KiB'");
        }
        return new Traffic(
                root.required("reads-per-write").integer(1, 1_000_000),
                root.required("keys").integer(1, 100_000_000),
                root.required("zipf-exponent").number(0.01, 10),
                1024 * Integer.parseInt(size.text().replace(" KiB", "")),
                root.required("seed").integer(0, Integer.MAX_VALUE));
    }

    /** Names of the requests that this traffic sends. */
    public SortedSet<String> requestNames() {
        return new TreeSet<>(java.util.List.of(READ, WRITE));
    }

    /**
     * The endless sequence of requests: {@code request} is {@link #READ} or {@link #WRITE}, {@code key} the item of a
     * read. The same seed gives the same sequence.
     */
    public Iterator<Map<String, Object>> requests() {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        DiscreteSampler zipf = RejectionInversionZipfSampler.of(random, keys, zipfExponent);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Map<String, Object> next() {
                boolean write = random.nextInt(readsPerWrite + 1) == 0;
                return Map.of("request", write ? WRITE : READ, "key", zipf.sample());
            }
        };
    }
}
