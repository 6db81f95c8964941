package io.plimsoll.environments.aws;

import io.plimsoll.environments.aws.descriptor.Environment;
import io.plimsoll.environments.aws.descriptor.Placement;
import io.plimsoll.results.observation.MetricDefinition;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.observation.Topology;
import io.plimsoll.results.run.RunFacts.ClockOffset;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds out before any load is sent what a run would not see, and what a person must do about it. It makes every call
 * that a run makes, so a permission that is missing shows now.
 */
public final class Preflight {
    private static final Duration LOOK_BACK = Duration.ofMinutes(60);
    private static final Duration HISTORY = Duration.ofMinutes(5);
    private static final Duration COARSE = Duration.ofMinutes(5);
    private static final long MOST_CLOCK_OFFSET_MILLIS = 1000;

    private final AwsClients clients;
    private final Environment environment;
    private final Clock clock;
    private final List<Check> checks = new ArrayList<>();
    private final Map<String, String> dark = new LinkedHashMap<>();

    /** How something stands. */
    public enum State {
        /** It is as it must be. */
        FINE,
        /** A run would go, and some claims would be INCONCLUSIVE. */
        BLIND,
        /** A run would be refused. */
        REFUSED
    }

    /**
     * One thing that was looked at.
     *
     * @param what such as {@code identity}
     * @param state how it stands
     * @param says one sentence
     * @param remedy what a person must do; empty if nothing
     */
    public record Check(String what, State state, String says, String remedy) {}

    /**
     * What was found.
     *
     * @param checks in the order in which they were made
     * @param dark metrics that would not be seen, by name, each with what is wrong
     * @param topology what is deployed; empty if it was not found
     */
    public record Findings(List<Check> checks, Map<String, String> dark, Topology topology) {
        public Findings {
            checks = List.copyOf(checks);
            dark = Map.copyOf(dark);
        }

        /** The worst of all. */
        public State state() {
            return checks.stream().map(Check::state).max(State::compareTo).orElse(State.FINE);
        }
    }

    /**
     * Nothing is asked yet.
     *
     * @param clients clients of the environment
     * @param environment what to look at
     * @param clock the time
     */
    public Preflight(AwsClients clients, Environment environment, Clock clock) {
        this.clients = clients;
        this.environment = environment;
        this.clock = clock;
    }

    /**
     * Looks at everything.
     *
     * @param named metrics that SLOs name
     * @throws InterruptedException if the thread is interrupted
     */
    public Findings look(Collection<MetricDefinition> named) throws InterruptedException {
        AwsCalls calls = AwsCalls.unbounded(clock);
        identity(calls);
        Topology topology = topology();
        if (!topology.resources().isEmpty()) {
            histories(calls, topology);
            monitoring(topology);
            groupMetrics(topology);
            optIns(topology);
            series(calls, topology, named);
            securityGroups(topology);
        }
        clock();
        return new Findings(checks, dark, topology);
    }

    private void add(String what, State state, String says, String remedy) {
        checks.add(new Check(what, state, says, remedy));
    }

    private void identity(AwsCalls calls) throws InterruptedException {
        try {
            String arn = calls.call(
                            "sts:GetCallerIdentity",
                            () -> clients.services().sts().getCallerIdentity(request -> {}))
                    .arn();
            add("identity", State.FINE, Secrets.withoutAccounts(String.valueOf(arn)), "");
        } catch (ObservationException e) {
            add(
                    "identity",
                    State.REFUSED,
                    e.sentence(),
                    "set credentials (environment variables, ~/.aws, a role) or the descriptor's 'credentials'");
        }
    }

    private Topology topology() throws InterruptedException {
        TopologyDiscovery discovery = new TopologyDiscovery(clients, environment);
        try {
            TopologyDiscovery.Seen seen = discovery.look();
            add("stack", State.FINE, seen.topology().resources().size() + " parts found", "");
            seen.warnings().forEach(warning -> add("stack", State.BLIND, warning, remedy(warning)));
            return seen.topology();
        } catch (ObservationException e) {
            e.sentence().lines().forEach(line -> add("stack", State.REFUSED, line, remedy(line)));
            return new Topology(List.of());
        }
    }

    private static String remedy(String sentence) {
        if (sentence.contains("is missing")) {
            return "allow it in IAM: environments/aws/iam-policy.json holds every permission that is needed";
        }
        return sentence.startsWith("find.") ? "correct the descriptor's section 'find'" : "";
    }

    private void histories(AwsCalls calls, Topology topology) throws InterruptedException {
        Instant now = clock.instant();
        List<String> problems = new HistoryReader(clients.services(), calls, new TimeWindow(now.minus(HISTORY), now))
                .read(topology)
                .problems();
        problems.forEach(problem -> add("events", State.BLIND, problem, remedy(problem)));
        if (problems.isEmpty()) {
            add("events", State.FINE, "alarm history, activities, events and changes can be read", "");
        }
    }

    private void monitoring(Topology topology) {
        List<Resource> instances = topology.of(ResourceKind.INSTANCE);
        List<String> basic = instances.stream()
                .filter(instance -> "disabled".equals(instance.facts().get("monitoring")))
                .map(Resource::id)
                .toList();
        if (!basic.isEmpty() && environment.observe().period().compareTo(COARSE) < 0) {
            String says = "detailed monitoring is off for " + basic.size() + " of " + instances.size()
                    + " instances, such as " + basic.get(0) + ": EC2 publishes every 5 min only";
            for (String metric : List.of("host cpu", "host network in", "host network out", "group cpu")) {
                dark.put(metric, "detailed monitoring is off");
            }
            add("monitoring", State.BLIND, says, "switch on detailed monitoring in the launch template");
        }
    }

    private void groupMetrics(Topology topology) {
        List<MetricDefinition> needed = WantedMetrics.with(List.of()).stream()
                .filter(metric -> metric.namespace().equals("AWS/AutoScaling"))
                .toList();
        for (Resource group : topology.of(ResourceKind.SCALING_GROUP)) {
            Set<String> enabled =
                    Set.of(group.facts().getOrDefault("enabled-metrics", "").split(", ", -1));
            List<MetricDefinition> off = needed.stream()
                    .filter(metric -> !enabled.contains(metric.metric()))
                    .toList();
            if (!off.isEmpty()) {
                off.forEach(metric -> dark.put(metric.name(), "group metrics are off"));
                add(
                        "group metrics",
                        State.BLIND,
                        off.stream().map(MetricDefinition::metric).collect(Collectors.joining(", ")) + " are off for "
                                + group.id(),
                        "aws autoscaling enable-metrics-collection --granularity 1Minute --auto-scaling-group-name "
                                + group.id());
            }
        }
    }

    private void optIns(Topology topology) {
        for (Resource bucket : topology.of(ResourceKind.BUCKET)) {
            if (!bucket.facts().containsKey("metrics-filter")) {
                darken("bucket ", "request metrics are off");
                add(
                        "bucket metrics",
                        State.BLIND,
                        "request metrics are off for bucket " + bucket.id(),
                        "aws s3api put-bucket-metrics-configuration --bucket " + bucket.id()
                                + " --id EntireBucket --metrics-configuration Id=EntireBucket");
            }
        }
        for (Resource distribution : topology.of(ResourceKind.DISTRIBUTION)) {
            if ("Disabled".equals(distribution.facts().get("additional-metrics"))) {
                dark.put("cdn hit ratio", "additional metrics are off");
                dark.put("cdn origin latency", "additional metrics are off");
                add(
                        "cdn metrics",
                        State.BLIND,
                        "additional metrics (paid) are off for distribution " + distribution.id(),
                        "aws cloudfront create-monitoring-subscription --distribution-id " + distribution.id()
                                + " --monitoring-subscription"
                                + " RealtimeMetricsSubscriptionConfig={RealtimeMetricsSubscriptionStatus=Enabled}");
            }
        }
    }

    private void darken(String prefix, String why) {
        io.plimsoll.results.observation.MetricCatalogue.all().stream()
                .map(MetricDefinition::name)
                .filter(name -> name.startsWith(prefix))
                .forEach(name -> dark.put(name, why));
    }

    /** Each metric's dimensions must be those of a real series: it has a datapoint in the last hour. */
    private void series(AwsCalls calls, Topology topology, Collection<MetricDefinition> named)
            throws InterruptedException {
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
                dark.putIfAbsent(name, "it was refused");
            } else if (series.latest().isEmpty() && isExpectedAtRest(series)) {
                silent.add(series.query().title());
                dark.putIfAbsent(name, "it has no datapoint");
            }
        }
        refused.forEach(note -> add("metrics", State.BLIND, note, remedy(note)));
        if (!silent.isEmpty()) {
            add(
                    "metrics",
                    State.BLIND,
                    silent.size() + " series have no datapoint in the last " + back.toMinutes() + " min: "
                            + silent.stream().limit(3).collect(Collectors.joining("; "))
                            + (silent.size() > 3 ? " …" : ""),
                    "send some traffic and look again; then correct 'find', or publish them");
        }
        if (refused.isEmpty() && silent.isEmpty()) {
            add("metrics", State.FINE, asked.size() + " series are published", "");
        }
    }

    /** Load balancers, queues and functions publish only while they are used; error counters only when nonzero. */
    private static boolean isExpectedAtRest(MetricProgress series) {
        Set<String> quiet =
                Set.of("AWS/ApplicationELB", "AWS/SQS", "AWS/Lambda", "AWS/S3", "AWS/CloudFront", "AWS/DynamoDB");
        return !quiet.contains(series.query().source().namespace())
                && !(series.query().definition().absence() instanceof io.plimsoll.results.observation.Absence.Sparse);
    }

    private void securityGroups(Topology topology) {
        if (!(environment.placement() instanceof Placement.Aws aws)) {
            return;
        }
        int port = port(aws.baseUrl());
        for (Resource balancer : topology.of(ResourceKind.LOAD_BALANCER)) {
            List<Resource> groups = topology.of(ResourceKind.SECURITY_GROUP).stream()
                    .filter(group ->
                            balancer.facts().getOrDefault("security-groups", "").contains(group.id()))
                    .toList();
            boolean open = groups.stream().anyMatch(group -> lets(group.facts().getOrDefault("in", ""), port));
            if (!groups.isEmpty() && !open) {
                add(
                        "security groups",
                        State.REFUSED,
                        "no security group of " + balancer.id() + " lets port " + port + " of 'base-url' in",
                        "open port " + port + " for the injector, or correct 'base-url'");
            } else if (!groups.isEmpty()) {
                add("security groups", State.FINE, "port " + port + " is let in to " + balancer.id(), "");
            }
        }
    }

    private static boolean lets(String rules, int port) {
        for (String rule : rules.split(", ", -1)) {
            String[] words = rule.split(" ", -1);
            if (words[0].equals("all")) {
                return true;
            }
            String[] range = words.length > 1 ? words[1].split("-", -1) : new String[] {""};
            if (words[0].equals("tcp") && range[0].matches("\\d+")) {
                int last = Integer.parseInt(range[range.length - 1]);
                if (Integer.parseInt(range[0]) <= port && port <= last) {
                    return true;
                }
            }
        }
        return false;
    }

    private static int port(URI url) {
        if (url.getPort() > 0) {
            return url.getPort();
        }
        return "https".equals(url.getScheme()) ? 443 : 80;
    }

    private void clock() {
        Optional<ClockOffset> offset = clients.clockOffset();
        if (offset.isEmpty()) {
            add("clock", State.BLIND, "no answer told the time", "");
            return;
        }
        long millis = offset.get().millis();
        boolean apart = Math.abs(millis) - offset.get().errorMillis() > MOST_CLOCK_OFFSET_MILLIS;
        add(
                "clock",
                apart ? State.REFUSED : State.FINE,
                "the stack's clock is " + millis + " ± " + offset.get().errorMillis() + " ms from this machine's",
                apart ? "set this machine's clock (chrony, NTP): a run apart by more than 1 s is INVALID" : "");
    }
}
