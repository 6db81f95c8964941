package io.plimsoll.environments.aws;

import io.plimsoll.environments.aws.descriptor.Environment;
import io.plimsoll.results.observation.MetricCatalogue;
import io.plimsoll.results.observation.MetricDefinition;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.observation.Topology;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Says before any load is sent what of a stack would not be seen. */
public final class Observability {
    private static final Duration NARROWEST_FOR_BASIC_MONITORING = Duration.ofMinutes(5);

    private Observability() {}

    /**
     * Checks that credentials and GetMetricData work and, on AWS, that the metrics which must be switched on are.
     *
     * @return one sentence for each problem; empty if everything would be seen
     * @throws InterruptedException if the thread is interrupted
     */
    public static List<String> check(AwsClients clients, Topology topology, Environment environment)
            throws InterruptedException {
        return check(clients, topology, environment, Clock.systemUTC());
    }

    static List<String> check(AwsClients clients, Topology topology, Environment environment, Clock clock)
            throws InterruptedException {
        AwsCalls calls = AwsCalls.unbounded(clock);
        List<String> problems = new ArrayList<>();
        if (!environment.embedded()) {
            checkCredentials(clients, calls, problems);
            checkMonitoring(topology, environment.observe().period(), problems);
            checkGroupMetrics(topology, problems);
        }
        checkMetrics(clients, calls, topology, environment, problems);
        return List.copyOf(problems);
    }

    private static void checkCredentials(AwsClients clients, AwsCalls calls, List<String> problems)
            throws InterruptedException {
        try {
            calls.call("sts:GetCallerIdentity", () -> clients.services().sts().getCallerIdentity(request -> {}));
        } catch (ObservationException e) {
            problems.add(e.sentence());
        }
    }

    private static void checkMonitoring(Topology topology, Duration period, List<String> problems) {
        List<String> basic = topology.of(ResourceKind.INSTANCE).stream()
                .filter(instance -> "disabled".equals(instance.facts().get("monitoring")))
                .map(Resource::id)
                .toList();
        if (!basic.isEmpty() && period.compareTo(NARROWEST_FOR_BASIC_MONITORING) < 0) {
            problems.add("detailed monitoring is off for " + basic.size() + " of "
                    + topology.of(ResourceKind.INSTANCE).size() + " instances, such as " + basic.get(0)
                    + ": EC2 publishes their metrics every 5 min only; switch it on in the launch template");
        }
    }

    private static void checkGroupMetrics(Topology topology, List<String> problems) {
        List<String> needed = MetricCatalogue.all().stream()
                .filter(metric -> metric.always() && metric.namespace().equals("AWS/AutoScaling"))
                .map(MetricDefinition::metric)
                .toList();
        for (Resource group : topology.of(ResourceKind.SCALING_GROUP)) {
            List<String> enabled = Arrays.asList(
                    group.facts().getOrDefault("enabled-metrics", "").split(", ", -1));
            List<String> off =
                    needed.stream().filter(metric -> !enabled.contains(metric)).toList();
            if (!off.isEmpty()) {
                problems.add("group metrics " + String.join(", ", off) + " are off for scaling group " + group.id()
                        + "; switch them on with: aws autoscaling enable-metrics-collection --granularity 1Minute"
                        + " --auto-scaling-group-name " + group.id());
            }
        }
    }

    private static void checkMetrics(
            AwsClients clients, AwsCalls calls, Topology topology, Environment environment, List<String> problems)
            throws InterruptedException {
        List<MetricQuery> queries = MetricQuery.of(WantedMetrics.with(List.of()), topology);
        if (queries.isEmpty()) {
            problems.add("no catalogued metric applies to anything that was found");
            return;
        }
        Duration period = environment.observe().period();
        MetricProgress one = new MetricProgress(queries.get(0));
        Instant now = calls.clock().instant();
        new MetricReader(
                        clients.services().cloudWatch(),
                        clients.ledger(),
                        calls,
                        period,
                        environment.observe().settleQuiet())
                .pull(List.of(one), MetricReader.aligned(new TimeWindow(now.minus(period), now), period));
        if (!one.answeredInFull()) {
            problems.add(one.note());
        }
    }
}
