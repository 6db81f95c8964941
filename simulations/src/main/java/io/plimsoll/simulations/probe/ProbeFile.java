package io.plimsoll.simulations.probe;

import io.plimsoll.results.document.Document;
import io.plimsoll.simulations.plan.NamedFile;
import io.plimsoll.simulations.plan.RequestSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * How the service under test is probed: its requests, and how often. A file {@code probes/<name>.yaml}, so that a service
 * that is not ours can be probed too; what it leaves out is not probed.
 *
 * @param ledger writes that are read back
 * @param staleness marker rows read from each replica
 * @param sessions long sessions
 * @param uploads uploads whose thumbnails are looked for
 * @param shards keys whose shard is told by a header
 */
public record ProbeFile(
        Optional<Ledger> ledger,
        Optional<Staleness> staleness,
        Optional<Sessions> sessions,
        Optional<Uploads> uploads,
        Optional<Shards> shards) {

    /** Writes with the value {@code n}, and reads with it and what the write saved. */
    record Ledger(Duration interval, RequestSpec write, RequestSpec read) {}

    /** Markers written with the value {@code n}, read with it, what the write saved, and {@code replica}. */
    record Staleness(Duration interval, RequestSpec write, RequestSpec read) {}

    /** Logins, each with a name of its own as its value; work has what the login saved too, and its {@code cookie}. */
    record Sessions(Duration interval, int users, RequestSpec login, RequestSpec work) {}

    /** Uploads with the value {@code n}; thumbnails have what the upload saved too. */
    record Uploads(Duration interval, RequestSpec upload, RequestSpec thumbnail) {}

    /** Reads with the value {@code key}, 1 to {@code keys}; {@code header} of the answer names the shard. */
    record Shards(Duration interval, int keys, String header, RequestSpec read) {}

    /** Reads {@code probes/<name>.yaml}. */
    public static ProbeFile read(Path directory, String name) {
        Document.Node root = NamedFile.read(directory, "probes", name);
        root.allowOnly("probes", "says", "write-ledger", "staleness", "sessions", "uploads", "shards");
        return new ProbeFile(
                section(root, "write-ledger", ProbeFile::ledger),
                section(root, "staleness", ProbeFile::staleness),
                section(root, "sessions", ProbeFile::sessions),
                section(root, "uploads", ProbeFile::uploads),
                section(root, "shards", ProbeFile::shards));
    }

    private static <T> Optional<T> section(Document.Node root, String key, Function<Document.Node, T> reader) {
        return root.optional(key).map(reader);
    }

    private static Ledger ledger(Document.Node node) {
        node.allowOnly("every", "write", "read");
        return new Ledger(every(node), request(node, "write"), request(node, "read"));
    }

    private static Staleness staleness(Document.Node node) {
        node.allowOnly("every", "write", "read");
        return new Staleness(every(node), request(node, "write"), request(node, "read"));
    }

    private static Sessions sessions(Document.Node node) {
        node.allowOnly("every", "users", "login", "work");
        return new Sessions(
                every(node), node.required("users").integer(1, 100), request(node, "login"), request(node, "work"));
    }

    private static Uploads uploads(Document.Node node) {
        node.allowOnly("every", "upload", "thumbnail");
        return new Uploads(every(node), request(node, "upload"), request(node, "thumbnail"));
    }

    private static Shards shards(Document.Node node) {
        node.allowOnly("every", "keys", "header", "read");
        return new Shards(
                every(node),
                node.required("keys").integer(1, 10_000),
                node.required("header").text().toLowerCase(java.util.Locale.ROOT),
                request(node, "read"));
    }

    private static RequestSpec request(Document.Node node, String key) {
        return RequestSpec.unnamed(node.required(key), "probe " + key);
    }

    /** Probes stay small beside the load: ten questions a second at most. */
    private static Duration every(Document.Node node) {
        Duration every = node.required("every").duration();
        if (every.compareTo(Duration.ofMillis(100)) < 0 || every.compareTo(Duration.ofMinutes(1)) > 0) {
            throw node.required("every").error("must be in [100 ms, 1 min]");
        }
        return every;
    }
}
