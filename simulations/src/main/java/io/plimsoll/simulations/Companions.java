package io.plimsoll.simulations;

import io.plimsoll.assertions.Stage;
import io.plimsoll.environments.aws.ActingClients;
import io.plimsoll.environments.aws.AwsClients;
import io.plimsoll.environments.aws.TopologyDiscovery;
import io.plimsoll.environments.aws.descriptor.Environment;
import io.plimsoll.environments.aws.disturb.Disturber;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.observation.Event;
import io.plimsoll.results.observation.MetricDefinition;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.Topology;
import io.plimsoll.simulations.disturb.DisturbanceSchedule;
import io.plimsoll.simulations.plan.PlannedDisturbance;
import io.plimsoll.simulations.probe.Findings;
import io.plimsoll.simulations.probe.Probes;
import io.plimsoll.simulations.view.Views;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What goes along with the load: disturbances at their moments, and probes of what only a client can see. */
final class Companions implements AutoCloseable {
    private final RunInputs inputs;
    private final LoadPlan plan;
    private final Probes probes;
    private final DisturbanceSchedule schedule;
    private final Optional<ActingClients> clients;
    private final Clock clock;

    private Companions(
            RunInputs inputs,
            LoadPlan plan,
            Probes probes,
            DisturbanceSchedule schedule,
            Optional<ActingClients> clients,
            Clock clock) {
        this.inputs = inputs;
        this.plan = plan;
        this.probes = probes;
        this.schedule = schedule;
        this.clients = clients;
        this.clock = clock;
    }

    /** Names of the metrics that a run measures itself: by its probes, by what follows from them, by asking others. */
    static Set<String> measured(RunInputs inputs, Reached reached, Topology topology) {
        Set<String> names = new TreeSet<>(Probes.measured(reached.front(), topology));
        names.addAll(views(inputs, Clock.systemUTC()).measured());
        return names;
    }

    private static Views views(RunInputs inputs, Clock clock) {
        return new Views(
                inputs.environment().probing().views(),
                name -> Optional.ofNullable(System.getenv(name)).orElse(""),
                clock);
    }

    /**
     * Starts them with the load.
     *
     * @param inputs the run
     * @param reached its environment
     * @param observing the clients that the stack is discovered with
     * @param topology the stack as it was before load
     * @param plan the load on the wall clock
     * @param told takes each disturbance as it happens
     */
    static Companions start(
            RunInputs inputs,
            Reached reached,
            AwsClients observing,
            Topology topology,
            LoadPlan plan,
            Consumer<Event> told,
            Clock clock) {
        Environment environment = inputs.environment();
        List<PlannedDisturbance> permitted = inputs.plan().disturbances().stream()
                .filter(planned ->
                        environment.disturbing().refusal(planned.name()).isEmpty())
                .toList();
        Optional<ActingClients> acting =
                permitted.isEmpty() ? Optional.empty() : Optional.of(observing.openActing(reached.deployed()));
        DisturbanceSchedule schedule = DisturbanceSchedule.start(
                permitted,
                plan,
                environment.timeScale(),
                (asked, due) -> new Disturber(
                                acting.orElseThrow(),
                                reached.channel(),
                                environment.disturbing(),
                                environment.observe().targetHealthPoll(),
                                () -> new TopologyDiscovery(observing, environment).discoverHome(),
                                inputs.traffic().otherwise().seed(),
                                environment.timeScale(),
                                clock)
                        .carryOut(asked, due),
                told,
                clock);
        Probes probes = Probes.start(
                reached.front(),
                wanted(inputs.stage()),
                topology,
                environment.observe().settleDeadline(),
                clock);
        return new Companions(inputs, plan, probes, schedule, acting, clock);
    }

    /** Names of the client's metrics that some SLO of the run names. */
    private static Set<String> wanted(Stage stage) {
        return SloMetrics.of(stage).stream()
                .filter(MetricDefinition::fromInjector)
                .map(MetricDefinition::name)
                .collect(Collectors.toSet());
    }

    /** Ends them and tells what was done and found; waits while what was written is read back. */
    Findings finish() throws InterruptedException {
        List<Event> events = new ArrayList<>(schedule.finish());
        Findings found = probes.finish();
        events.addAll(found.events());
        List<Series> series = new ArrayList<>(found.series());
        Optional<Event> fault = fault(events);
        if (fault.isPresent()) {
            Views views = views(inputs, clock);
            series.addAll(views.saw(
                    fault.get().at(),
                    inputs.environment().observe().settleDeadline(),
                    Duration.ofSeconds(1),
                    plan.whole()));
            views.problems()
                    .forEach(problem -> events.add(
                            new Event(clock.instant(), Event.Kind.CLIENT, Probes.CLIENT, problem, new TreeMap<>())));
        }
        return new Findings(series, events);
    }

    /** The first disturbance that was carried out of those that claims about other products' views need. */
    private Optional<Event> fault(List<Event> events) {
        Set<String> views = views(inputs, clock).measured();
        Set<String> needed = inputs.stage().claims().stream()
                .filter(claim -> claim.notTested().isEmpty())
                .filter(claim ->
                        claim.slos().stream().flatMap(SloMetrics::of).anyMatch(metric -> views.contains(metric.name())))
                .flatMap(claim -> claim.needs().stream())
                .collect(Collectors.toSet());
        return events.stream()
                .filter(event -> event.kind() == Event.Kind.DISTURBANCE
                        && "done".equals(event.details().get("outcome"))
                        && needed.contains(event.details().getOrDefault("disturbance", "")))
                .min(Comparator.comparing(Event::at));
    }

    @Override
    public void close() {
        schedule.close();
        probes.close();
        clients.ifPresent(ActingClients::close);
    }
}
