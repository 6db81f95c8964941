package io.plimsoll.environments.aws;

import io.plimsoll.environments.aws.ObservationException.Reason;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Finds queues, tables, functions and warehouses: those that the descriptor names, those that bear the stack's tags,
 * functions that a load balancer calls, queues that call those, and the queues of their dead letters. Each is described by
 * its own service; one that is refused is kept with its name alone, and a warning says so.
 *
 * @param tagged ARNs of what bears the stack's tags
 * @param warnings takes one sentence for each service that refused
 */
record ManagedDiscovery(Discovery discovery, List<String> tagged, Set<String> warnings) {
    private static final String QUEUE_ARN = ":sqs:";

    /** Asks a service for one part and what it leads to. */
    @FunctionalInterface
    private interface Asking {
        List<Resource> find(String id) throws InterruptedException;
    }

    /**
     * All of them, in no order.
     *
     * @param targetFunctions names of functions that target groups call
     */
    List<Resource> find(Set<String> targetFunctions) throws InterruptedException {
        Map<String, Resource> found = new LinkedHashMap<>();
        AwsClients.Managed managed = discovery.services().beyond().managed();
        AwsCalls calls = discovery.calls();
        FunctionDiscovery functions = new FunctionDiscovery(managed.lambda(), calls);
        TableDiscovery tables = new TableDiscovery(managed.dynamoDb(), calls);
        WarehouseDiscovery warehouses = new WarehouseDiscovery(managed.redshift(), calls);
        describe(ResourceKind.FUNCTION, targetFunctions, id -> List.of(functions.find(id)), found);
        describe(ResourceKind.TABLE, Set.of(), id -> List.of(tables.find(id)), found);
        describe(ResourceKind.WAREHOUSE, Set.of(), id -> List.of(warehouses.find(id)), found);
        describe(ResourceKind.QUEUE, callers(found), new QueueDiscovery(managed.sqs(), calls)::find, found);
        withNames(ResourceKind.DEAD_LETTER_QUEUE, found);
        withNames(ResourceKind.LOG_GROUP, found);
        // A queue of dead letters is tagged like any other, and known by the queue whose letters it takes.
        found.values()
                .removeIf(part -> part.kind() == ResourceKind.QUEUE
                        && (isDeadLetters(part.id())
                                || found.containsKey(key(ResourceKind.DEAD_LETTER_QUEUE, part.id()))));
        return List.copyOf(found.values());
    }

    private void describe(ResourceKind kind, Set<String> further, Asking asking, Map<String, Resource> found)
            throws InterruptedException {
        Set<String> ids = new TreeSet<>(further);
        ids.addAll(discovery.find().named(kind));
        TaggedDiscovery.ids(kind, tagged).forEach(ids::add);
        for (String id : ids) {
            Resource simple = TaggedDiscovery.simple(kind, id);
            boolean deadLetters = kind == ResourceKind.QUEUE && isDeadLetters(id);
            List<Resource> parts = Discovery.optional(
                    "facts of " + kind.word() + " " + id, () -> asked(asking, id), List.of(simple), warnings);
            for (Resource part : parts) {
                Resource real = deadLetters && part.kind() == kind
                        ? Resource.of(ResourceKind.DEAD_LETTER_QUEUE, id, part.facts())
                        : part;
                found.merge(key(real.kind(), real.id()), real, ManagedDiscovery::fuller);
            }
        }
    }

    /** The answer; that there is none is said in the words of who looks for it. */
    private static List<Resource> asked(Asking asking, String id) throws InterruptedException {
        try {
            return asking.find(id);
        } catch (ObservationException e) {
            throw e.reason() == Reason.NOT_FOUND
                    ? new ObservationException(Reason.NOT_FOUND, "there is none of that name: " + e.sentence(), e)
                    : e;
        }
    }

    private static Resource fuller(Resource one, Resource other) {
        return other.facts().size() > one.facts().size() ? other : one;
    }

    private void withNames(ResourceKind kind, Map<String, Resource> found) {
        Set<String> ids = new TreeSet<>(discovery.find().named(kind));
        TaggedDiscovery.ids(kind, tagged).forEach(ids::add);
        ids.forEach(id -> found.putIfAbsent(key(kind, id), TaggedDiscovery.simple(kind, id)));
    }

    /** Names of the queues that call functions. */
    private static Set<String> callers(Map<String, Resource> found) {
        Set<String> queues = new TreeSet<>();
        found.values().stream()
                .flatMap(part ->
                        Stream.of(part.facts().getOrDefault("called-by", "").split(", ", -1)))
                .filter(arn -> arn.contains(QUEUE_ARN))
                .forEach(arn -> queues.add(arn.substring(arn.lastIndexOf(':') + 1)));
        return queues;
    }

    /** By its name, where nothing else says so. */
    private static boolean isDeadLetters(String queue) {
        String name = queue.toLowerCase(Locale.ROOT);
        return name.contains("dlq") || name.contains("dead-letter");
    }

    private static String key(ResourceKind kind, String id) {
        return kind + " " + id;
    }
}
