package io.plimsoll.environments.aws;

import io.plimsoll.environments.aws.descriptor.Environment;
import io.plimsoll.results.observation.Absence;
import io.plimsoll.results.observation.MetricDefinition;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.observation.Topology;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether each metric's dimensions are those of a real series: it has a datapoint in the last hour. */
record SeriesCheck(Checklist list, AwsClients clients, Environment environment, Clock clock) {
    private static final Duration LOOK_BACK = Duration.ofMinutes(60);

    void look(AwsCalls calls, Topology topology, Collection<MetricDefinition> named) throws InterruptedException {
        List<MetricDefinition> wanted = WantedMetrics.with(named);
        List<MetricProgress> asked = MetricQuery.of(wanted, topology).stream()
                .map(MetricProgress::new)
                .toList();
        Duration period = environment.observe().period();
        Instant now = clock.instant();
        Duration back = period.compareTo(Duration.ofMinutes(1)) < 0 ? period.multipliedBy(60) : LOOK_BACK;
        new MetricReader(
                        clients.services().cloudWatch(),
                        clients.services().beyond().cloudWatchIn(),
                        new Quota(clock, Sleeper.SYSTEM),
                        clients.ledger(),
                        calls,
                        period,
                        environment.observe().settleQuiet())
                .pull(asked, MetricReader.aligned(new TimeWindow(now.minus(back), now), period));
        Set<String> refused = new TreeSet<>();
        Set<String> silent = new TreeSet<>();
        for (MetricProgress series : asked) {
            String name = series.query().definition().name();
            if (!series.answeredInFull()) {
                refused.add(series.note());
                list.darken(name, "it was refused");
            } else if (series.latest().isEmpty() && isExpectedAtRest(series)) {
                silent.add(series.query().title());
                list.darken(name, "it has no datapoint");
            }
        }
        refused.forEach(note -> list.problem("metrics", Preflight.State.BLIND, note));
        if (!silent.isEmpty()) {
            list.add(
                    "metrics",
                    Preflight.State.BLIND,
                    silent.size() + " series have no datapoint in the last " + back.toMinutes() + " min: "
                            + silent.stream().limit(3).collect(Collectors.joining("; "))
                            + (silent.size() > 3 ? " …" : ""),
                    "send some traffic and look again; then correct 'find', or publish them");
        }
        if (refused.isEmpty() && silent.isEmpty()) {
            list.add("metrics", Preflight.State.FINE, asked.size() + " series are published", "");
        }
    }

    /** Load balancers, queues and functions publish only while they are used; error counters only when nonzero. */
    private static boolean isExpectedAtRest(MetricProgress series) {
        Set<String> quiet =
                Set.of("AWS/ApplicationELB", "AWS/SQS", "AWS/Lambda", "AWS/S3", "AWS/CloudFront", "AWS/DynamoDB");
        return !quiet.contains(series.query().source().namespace())
                && !(series.query().definition().absence() instanceof Absence.Sparse);
    }
}
