package io.plimsoll.environments.aws;

import io.plimsoll.environments.aws.descriptor.Environment;
import io.plimsoll.environments.aws.descriptor.Placement;
import io.plimsoll.environments.aws.descriptor.StopCondition;
import io.plimsoll.results.observation.MetricDefinition;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.observation.Topology;
import io.plimsoll.results.run.RunFacts.ClockOffset;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out before any load is sent what a run would not see, and what a person must do about it. It makes every call
 * that a run makes, so a permission that is missing shows now.
 */
public final class Preflight {
    private static final Duration HISTORY = Duration.ofMinutes(5);
    private static final long MOST_CLOCK_OFFSET_MILLIS = 1000;

    private final AwsClients clients;
    private final Environment environment;
    private final Clock clock;
    private final Checklist list = new Checklist();

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
            new MonitoringChecks(list, environment.observe().period()).look(topology);
            new SeriesCheck(list, clients, environment, clock).look(calls, topology, named);
            new SecurityGroupCheck(list, environment).look(topology);
        }
        alarms();
        clock("clock", "stack", clients.clockOffset());
        if (environment.placement() instanceof Placement.Aws aws) {
            clock("service clock", "service", new ServiceClock(aws.baseUrl(), clock).look());
        }
        return new Findings(list.checks(), list.dark(), topology);
    }

    private void identity(AwsCalls calls) throws InterruptedException {
        try {
            String arn = calls.call(
                            "sts:GetCallerIdentity",
                            () -> clients.services().sts().getCallerIdentity(request -> {}))
                    .arn();
            list.add("identity", State.FINE, Secrets.withoutAccounts(String.valueOf(arn)), "");
        } catch (ObservationException e) {
            list.add(
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
            list.add("stack", State.FINE, seen.topology().resources().size() + " parts found", "");
            seen.warnings().forEach(warning -> list.problem("stack", State.BLIND, warning));
            return seen.topology();
        } catch (ObservationException e) {
            e.sentence().lines().forEach(line -> list.problem("stack", State.REFUSED, line));
            return new Topology(List.of());
        }
    }

    private void histories(AwsCalls calls, Topology topology) throws InterruptedException {
        Instant now = clock.instant();
        Histories histories =
                new Histories(Regions.of(clients, environment), calls, new TimeWindow(now.minus(HISTORY), now));
        List<String> problems =
                Histories.merged(histories.read(topology).values()).problems();
        problems.forEach(problem -> list.problem("events", State.BLIND, problem));
        if (problems.isEmpty()) {
            list.add("events", State.FINE, "alarm history, activities, events and changes can be read", "");
        }
    }

    /** An alarm that is not there never ends a run. */
    private void alarms() throws InterruptedException {
        List<String> named = environment.stop().stream()
                .filter(StopCondition.Alarm.class::isInstance)
                .map(condition -> ((StopCondition.Alarm) condition).name())
                .toList();
        if (named.isEmpty()) {
            return;
        }
        try {
            List<String> missing = new AlarmWatch(clients, clock).missing(named);
            if (missing.isEmpty()) {
                list.add("stop", State.FINE, "its alarms are there: " + String.join(", ", named), "");
            } else {
                list.add(
                        "stop",
                        State.REFUSED,
                        "there is no alarm " + String.join(", ", missing) + " in " + environment.region()
                                + ", and so nothing that would stop a run",
                        "correct the descriptor's section 'stop', or create the alarm");
            }
        } catch (ObservationException e) {
            list.problem("stop", State.REFUSED, e.sentence());
        }
    }

    private void clock(String what, String whose, Optional<ClockOffset> offset) {
        if (offset.isEmpty()) {
            boolean stack = whose.equals("stack");
            list.add(what, stack ? State.BLIND : State.FINE, "no answer of the " + whose + " told the time", "");
            return;
        }
        long millis = offset.get().millis();
        boolean apart = Math.abs(millis) - offset.get().errorMillis() > MOST_CLOCK_OFFSET_MILLIS;
        list.add(
                what,
                apart ? State.REFUSED : State.FINE,
                "the " + whose + "'s clock is " + millis + " ± " + offset.get().errorMillis()
                        + " ms from this machine's",
                apart
                        ? "set this machine's clock and the " + whose
                                + "'s (chrony, NTP): what they say could not be lined up"
                        : "");
    }
}
