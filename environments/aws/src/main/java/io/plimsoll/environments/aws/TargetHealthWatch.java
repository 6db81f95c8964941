package io.plimsoll.environments.aws;

import io.plimsoll.environments.aws.LiveSnapshot.Targets;
import io.plimsoll.results.observation.Event;
import io.plimsoll.results.observation.Resource;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/**
 * Sees targets change their health, by polling: ELBv2 keeps no history.
 *
 * <p>A transition lies between the moment the last poll that succeeded was sent and the moment this one was answered;
 * failed polls in between widen that. What the first poll sees has no such bound and no {@code within-seconds}. Safe for
 * use by several threads.
 */
final class TargetHealthWatch {
    static final String ABSENT = "absent";
    private static final String DESCRIBE = "elasticloadbalancing:DescribeTargetHealth";

    private final AwsCalls calls;
    private final List<Group> groups;
    private final List<Event> events = new ArrayList<>();
    private Optional<String> ended = Optional.empty();

    /** A watch of one region. */
    TargetHealthWatch(ElasticLoadBalancingV2Client client, AwsCalls calls, List<Resource> targetGroups) {
        this(group -> client, calls, targetGroups);
    }

    /**
     * A watch that polls each target group where it is.
     *
     * @param clients the client of a target group's region
     */
    TargetHealthWatch(
            Function<Resource, ElasticLoadBalancingV2Client> clients, AwsCalls calls, List<Resource> targetGroups) {
        this.calls = calls;
        boolean anyHttp = targetGroups.stream().anyMatch(TargetHealthWatch::isHttp);
        this.groups = targetGroups.stream()
                .map(group -> new Group(
                        group.id(),
                        group.facts().getOrDefault("arn", group.id()),
                        !anyHttp || isHttp(group),
                        clients.apply(group)))
                .toList();
    }

    /** Beside such groups, one of another protocol holds what serves them, such as read replicas. */
    private static boolean isHttp(Resource group) {
        return group.facts().getOrDefault("protocol", "").startsWith("HTTP");
    }

    /** Polls every target group once. */
    void poll() throws InterruptedException {
        for (Group group : groups) {
            Instant sent = calls.clock().instant();
            try {
                DescribeTargetHealthResponse response = calls.call(
                        DESCRIBE,
                        () -> group.client.describeTargetHealth(request -> request.targetGroupArn(group.arn)));
                see(group, states(response), sent, calls.clock().instant());
            } catch (ObservationException e) {
                failed(group, sent, e);
            }
        }
    }

    /** Every transition seen so far, by time. */
    synchronized List<Event> events() {
        return List.copyOf(events);
    }

    /** Ids of all targets seen so far. */
    synchronized Set<String> targets() {
        return targets(groups.stream().map(group -> group.id).collect(Collectors.toSet()));
    }

    /** Ids of all targets of some target groups seen so far. */
    synchronized Set<String> targets(Set<String> targetGroups) {
        return events.stream()
                .filter(event -> targetGroups.contains(event.details().get("target-group")))
                .map(Event::resource)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Targets that serve clients, as the last successful polls saw them; empty before the first. */
    synchronized Optional<Targets> latest() {
        if (groups.stream().noneMatch(group -> group.lastSuccess.isPresent())) {
            return Optional.empty();
        }
        List<String> states = groups.stream()
                .filter(group -> group.serves)
                .flatMap(group -> group.states.values().stream())
                .toList();
        int healthy = (int) states.stream().filter("healthy"::equals).count();
        return Optional.of(new Targets(states.size(), healthy));
    }

    /** Notes that watching ended before it was told to. */
    synchronized void ended(RuntimeException cause) {
        ended = Optional.of(
                "target health was watched only until " + calls.clock().instant() + ": " + cause);
    }

    /** What went wrong, a sentence for each target group. */
    synchronized List<String> problems() {
        return Stream.concat(groups.stream().flatMap(group -> group.problem().stream()), ended.stream())
                .toList();
    }

    private static SortedMap<Target, String> states(DescribeTargetHealthResponse response) {
        SortedMap<Target, String> states = new TreeMap<>();
        for (TargetHealthDescription description : response.targetHealthDescriptions()) {
            Target target = new Target(
                    description.target().id(),
                    Optional.ofNullable(description.target().port()).orElse(0));
            states.put(target, description.targetHealth().stateAsString());
        }
        return states;
    }

    private synchronized void see(Group group, SortedMap<Target, String> states, Instant sent, Instant answered) {
        Set<Target> targets = new TreeSet<>(group.states.keySet());
        targets.addAll(states.keySet());
        for (Target target : targets) {
            String from = group.states.getOrDefault(target, ABSENT);
            String to = states.getOrDefault(target, ABSENT);
            if (!from.equals(to)) {
                events.add(transition(group, target, from, to, answered));
            }
        }
        group.states = states;
        group.lastSuccess = Optional.of(sent);
    }

    private static Event transition(Group group, Target target, String from, String to, Instant answered) {
        SortedMap<String, String> details = new TreeMap<>();
        details.put("from", from);
        details.put("to", to);
        details.put("target-group", group.id);
        if (target.port() > 0) {
            details.put("port", String.valueOf(target.port()));
        }
        group.lastSuccess.ifPresent(last -> details.put("within-seconds", seconds(Duration.between(last, answered))));
        String summary = target.id() + ": " + from + " to " + to;
        return new Event(answered, Event.Kind.TARGET_HEALTH, target.id(), summary, details);
    }

    private synchronized void failed(Group group, Instant at, ObservationException e) {
        group.failures++;
        group.firstFailure = group.firstFailure.or(() -> Optional.of(at));
        group.lastFailure = Optional.of(at);
        group.causes.merge(e.sentence(), 1, Integer::sum);
    }

    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3)
                .max(BigDecimal.ZERO)
                .setScale(3, RoundingMode.UNNECESSARY)
                .toPlainString();
    }

    private record Target(String id, int port) implements Comparable<Target> {
        @Override
        public int compareTo(Target other) {
            int byId = id.compareTo(other.id);
            return byId == 0 ? Integer.compare(port, other.port) : byId;
        }
    }

    /** What is known of one target group; guarded by the watch. */
    private static final class Group {
        private final String id;
        private final String arn;
        private final boolean serves;
        private final ElasticLoadBalancingV2Client client;
        private final Map<String, Integer> causes = new LinkedHashMap<>();
        private SortedMap<Target, String> states = new TreeMap<>();
        private Optional<Instant> lastSuccess = Optional.empty();
        private Optional<Instant> firstFailure = Optional.empty();
        private Optional<Instant> lastFailure = Optional.empty();
        private int failures;

        Group(String id, String arn, boolean serves, ElasticLoadBalancingV2Client client) {
            this.client = client;
            this.id = id;
            this.arn = arn;
            this.serves = serves;
        }

        Optional<String> problem() {
            if (firstFailure.isEmpty() || lastFailure.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of("target health of " + id + ": " + failures + " polls failed from " + firstFailure.get()
                    + " to " + lastFailure.get() + ": " + String.join("; ", causes.keySet()));
        }
    }
}
