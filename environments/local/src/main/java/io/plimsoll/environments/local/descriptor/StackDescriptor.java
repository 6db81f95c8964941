package io.plimsoll.environments.local.descriptor;

import io.plimsoll.environments.local.site.PartSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The stack to start, as {@link StackDescriptorReader} has read and checked it.
 *
 * @param stage architecture it is started as
 * @param common what its parts share
 * @param parts the parts that the stage has, each after those it uses
 */
public record StackDescriptor(String stage, Common common, List<PartSpec> parts) {
    public StackDescriptor {
        parts = List.copyOf(parts);
    }

    /** The part of a name, if the stage has one of that name and type. */
    public <P> Optional<P> part(String name, Class<P> type) {
        return parts.stream()
                .filter(part -> part.name().equals(name))
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }

    /**
     * An instance type.
     *
     * @param name such as {@code local.small}
     * @param vcpus virtual CPUs, > 0
     * @param memoryBytes its memory
     * @param volumeBytes size of its volume
     * @param networkBytesPerSecond what it may send in a second
     * @param pricePerHour what an hour of it costs, in US dollars, >= 0
     */
    public record InstanceType(
            String name,
            double vcpus,
            long memoryBytes,
            long volumeBytes,
            long networkBytesPerSecond,
            double pricePerHour) {}

    /**
     * The reference service.
     *
     * @param costs virtual CPU time of each kind of request: {@code proxy} of one that a web server passes on, {@code read},
     *     {@code write}, {@code session}, {@code static} of a static file from the instance's disk, {@code redirect} of one
     *     that is elsewhere, {@code photo} of an upload, {@code thumbnail} of a job to make one
     * @param queueLimit work that would wait longer for the virtual CPU is answered 503
     * @param connections most connections of an instance to each database of items
     * @param items rows present at the start, with ids from 1
     */
    public record Service(Map<String, Duration> costs, Duration queueLimit, int connections, int items) {
        /** Kinds of requests that have a cost. */
        static final List<String> COSTS =
                List.of("proxy", "read", "write", "session", "static", "redirect", "photo", "thumbnail");

        public Service {
            costs = Map.copyOf(costs);
        }

        /** Virtual CPU time of a kind of request. */
        public Duration cost(String kind) {
            return Optional.ofNullable(costs.get(kind)).orElseThrow();
        }
    }

    /**
     * What is broken on purpose.
     *
     * @param replicaDelay how far every replica is held back; zero for not at all
     * @param replicaStopped whether every replica's SQL thread is stopped
     * @param refuse AWS operations that the endpoint denies
     * @param databasePortOpen whether the public reaches the port of the database
     * @param unpublished CloudWatch namespaces that nothing is published in
     * @param logsUnshipped whether what the processes say never reaches CloudWatch Logs
     */
    public record Faults(
            Duration replicaDelay,
            boolean replicaStopped,
            List<String> refuse,
            boolean databasePortOpen,
            List<String> unpublished,
            boolean logsUnshipped) {
        public Faults {
            refuse = List.copyOf(refuse);
            unpublished = List.copyOf(unpublished);
        }
    }

    /**
     * Server binaries to use instead of those on the class path.
     *
     * @param mariadbd MariaDB's server
     * @param redisServer Redis' server
     */
    public record Binaries(Optional<Path> mariadbd, Optional<Path> redisServer) {}
}
