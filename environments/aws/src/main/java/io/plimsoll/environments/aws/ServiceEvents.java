package io.plimsoll.environments.aws;

import io.plimsoll.results.observation.Event;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.observation.Topology;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttribute;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttributeKey;
import software.amazon.awssdk.services.cloudtrail.model.LookupEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;

/** Reads what services themselves recorded of a window: databases, caches, the audit trail and logs. */
record ServiceEvents(AwsClients.Services services, AwsCalls calls, TimeWindow window) {
    /** Any of these words in a line makes it an error. */
    private static final String ERRORS = "?ERROR ?Error ?Exception ?FATAL";

    /** What the database instances and clusters of a stack said. */
    List<Event> databases(Topology topology) throws InterruptedException {
        Set<String> known = ids(
                topology,
                ResourceKind.DATABASE,
                ResourceKind.REPLICA,
                ResourceKind.SHARD,
                ResourceKind.DATABASE_CLUSTER);
        if (known.isEmpty()) {
            return List.of();
        }
        List<software.amazon.awssdk.services.rds.model.DescribeEventsResponse> pages = calls.pages(
                "rds:DescribeEvents",
                token -> services.rds()
                        .describeEvents(request -> request.startTime(window.start())
                                .endTime(window.end())
                                .marker(token)),
                software.amazon.awssdk.services.rds.model.DescribeEventsResponse::marker);
        return pages.stream()
                .flatMap(page -> page.events().stream())
                .filter(event -> known.contains(event.sourceIdentifier()) && window.contains(event.date()))
                .map(event -> said(
                        event.date(),
                        Event.Kind.DATABASE,
                        event.sourceIdentifier(),
                        event.message(),
                        event.eventCategories()))
                .toList();
    }

    /** What the cache clusters of a stack said. */
    List<Event> caches(Topology topology) throws InterruptedException {
        Set<String> known = ids(topology, ResourceKind.CACHE);
        if (known.isEmpty()) {
            return List.of();
        }
        List<software.amazon.awssdk.services.elasticache.model.DescribeEventsResponse> pages = calls.pages(
                "elasticache:DescribeEvents",
                token -> services.elastiCache()
                        .describeEvents(request -> request.startTime(window.start())
                                .endTime(window.end())
                                .marker(token)),
                software.amazon.awssdk.services.elasticache.model.DescribeEventsResponse::marker);
        return pages.stream()
                .flatMap(page -> page.events().stream())
                .filter(event -> known.contains(event.sourceIdentifier()) && window.contains(event.date()))
                .map(event ->
                        said(event.date(), Event.Kind.CACHE, event.sourceIdentifier(), event.message(), List.of()))
                .toList();
    }

    /** Calls of anyone that changed a part of the stack; AWS records them up to 15 minutes late. */
    List<Event> changes(Topology topology) throws InterruptedException {
        Set<String> known = topology.resources().stream()
                .flatMap(part -> Optional.of(part.id()).stream())
                .collect(Collectors.toSet());
        LookupAttribute writes = LookupAttribute.builder()
                .attributeKey(LookupAttributeKey.READ_ONLY)
                .attributeValue("false")
                .build();
        List<LookupEventsResponse> pages = calls.pages(
                "cloudtrail:LookupEvents",
                token -> services.beyond()
                        .cloudTrail()
                        .lookupEvents(request -> request.startTime(window.start())
                                .endTime(window.end())
                                .lookupAttributes(writes)
                                .nextToken(token)),
                LookupEventsResponse::nextToken);
        List<Event> events = new ArrayList<>();
        pages.stream().flatMap(page -> page.events().stream()).forEach(event -> {
            List<String> touched = event.resources().stream()
                    .map(resource -> text(resource.resourceName()))
                    .filter(known::contains)
                    .sorted()
                    .toList();
            if (!touched.isEmpty()) {
                SortedMap<String, String> details = new TreeMap<>();
                details.put("call", text(event.eventSource()) + " " + text(event.eventName()));
                details.put("touched", String.join(", ", touched));
                String summary = event.eventName() + " was called on " + String.join(", ", touched);
                events.add(new Event(event.eventTime(), Event.Kind.CHANGE, touched.get(0), summary, details));
            }
        });
        return events;
    }

    /** Minutes in which a log group held errors, with how many and the first of them. */
    List<Event> logErrors(Topology topology) throws InterruptedException {
        List<Event> events = new ArrayList<>();
        for (Resource group : topology.of(ResourceKind.LOG_GROUP)) {
            List<FilterLogEventsResponse> pages = calls.pages(
                    "logs:FilterLogEvents",
                    token -> services.beyond()
                            .logs()
                            .filterLogEvents(request -> request.logGroupName(group.id())
                                    .filterPattern(ERRORS)
                                    .startTime(window.start().toEpochMilli())
                                    .endTime(window.end().toEpochMilli())
                                    .nextToken(token)),
                    FilterLogEventsResponse::nextToken);
            SortedMap<Instant, List<FilteredLogEvent>> byMinute = new TreeMap<>();
            pages.stream()
                    .flatMap(page -> page.events().stream())
                    .forEach(event -> byMinute.computeIfAbsent(
                                    Instant.ofEpochSecond(Math.floorDiv(event.timestamp(), 60_000L) * 60),
                                    minute -> new ArrayList<>())
                            .add(event));
            byMinute.forEach((minute, lines) -> events.add(errors(group.id(), minute, lines)));
        }
        return events;
    }

    private static Event errors(String group, Instant minute, List<FilteredLogEvent> lines) {
        SortedMap<String, String> details = new TreeMap<>();
        details.put("count", String.valueOf(lines.size()));
        details.put("example", Secrets.masked(text(lines.get(0).message())));
        details.put(
                Event.BY_SECOND,
                lines.stream()
                        .collect(Collectors.groupingBy(
                                line -> Math.floorDiv(line.timestamp(), 1000L), TreeMap::new, Collectors.counting()))
                        .entrySet()
                        .stream()
                        .map(entry -> entry.getKey() + ":" + entry.getValue())
                        .collect(Collectors.joining(" ")));
        return new Event(
                minute, Event.Kind.LOG_ERRORS, group, lines.size() + " error lines in one minute of " + group, details);
    }

    private static Event said(
            Instant at, Event.Kind kind, String resource, @Nullable String message, List<String> categories) {
        SortedMap<String, String> details = new TreeMap<>();
        details.put("message", text(message));
        details.put("categories", String.join(", ", categories));
        return new Event(at, kind, resource, resource + ": " + text(message), details);
    }

    private static Set<String> ids(Topology topology, ResourceKind... kinds) {
        return Discovery.of(topology.resources(), kinds).stream()
                .map(Resource::id)
                .collect(Collectors.toSet());
    }

    private static String text(@Nullable String said) {
        return said == null ? "" : said.strip().replaceAll("\\s+", " ");
    }
}
