package io.plimsoll.simulations;

import io.plimsoll.environments.aws.AwsClients;
import io.plimsoll.environments.aws.Collector;
import io.plimsoll.environments.aws.Fingerprint;
import io.plimsoll.environments.aws.Preflight;
import io.plimsoll.environments.aws.Secrets;
import io.plimsoll.environments.aws.TopologyDiscovery;
import io.plimsoll.environments.aws.descriptor.Environment;
import io.plimsoll.results.observation.Topology;
import io.plimsoll.results.run.EvidenceDirectory;
import io.plimsoll.results.run.LiveJournal;
import io.plimsoll.simulations.capacity.CapacitySeries;
import io.plimsoll.simulations.console.LiveWatcher;
import io.plimsoll.simulations.plan.StagePlan;
import io.plimsoll.simulations.probe.Probes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The part of a run before its first request: starts or reaches the environment, finds out what is deployed, checks that load
 * is allowed and that every SLO can be answered, and begins to observe.
 */
final class RunStart {
    private static final Clock CLOCK = Clock.systemUTC();

    private final RunInputs inputs;
    private final boolean sends;
    private final Optional<CapacityRun> capacity;
    private final Instant started;
    private final Opened opened;
    private final LiveWatcher watcher;
    private final Consumer<String> says;

    /**
     * A start that has not begun.
     *
     * @param sends whether this process sends the load
     * @param capacity the search that the run is, if it is one
     * @param started when the run began
     * @param opened takes what is to be closed when the run ends
     * @param watcher is told what is seen to happen to the stack
     * @param says takes lines for a person
     */
    RunStart(
            RunInputs inputs,
            boolean sends,
            Optional<CapacityRun> capacity,
            Instant started,
            Opened opened,
            LiveWatcher watcher,
            Consumer<String> says) {
        this.inputs = inputs;
        this.sends = sends;
        this.capacity = capacity;
        this.started = started;
        this.opened = opened;
        this.watcher = watcher;
        this.says = says;
    }

    /**
     * What there is once the stack is up and watched.
     *
     * @param inputs without what this stack cannot show
     */
    record Observed(
            RunInputs inputs,
            Reached reached,
            AwsClients clients,
            Topology topology,
            EvidenceDirectory evidence,
            RunJournal journal,
            LiveJournal live,
            Collector collector) {}

    /**
     * Does all of it; nothing has been sent when it returns.
     *
     * @throws RunFailure if the run cannot be carried out
     */
    Observed carryOut() throws InterruptedException {
        Environment environment = inputs.environment();
        says.accept("Plimsoll: stage " + inputs.stage().name() + " on environment " + environment.name() + ", "
                + described(inputs.plan().profile().name()));
        Reached reached = reached();
        refuseIfAny("load is not allowed", reached.refusals(inputs, started));
        AwsClients clients = opened.add(AwsClients.open(reached.deployed(), CLOCK));
        if (sends) {
            refuse(Machine.checks(environment.rates().peakPerSecond()));
        }
        if (!environment.embedded()) {
            preflight(clients, environment);
        }
        Topology found = new TopologyDiscovery(clients, environment).discover();
        Topology topology = Probes.withClient(
                capacity.isPresent() ? capacity.get().held(found, opened::add, reached, clients) : found);
        Set<String> measured = new TreeSet<>(Companions.measured(inputs, reached, topology));
        capacity.ifPresent(search -> measured.addAll(CapacitySeries.NAMES));
        Lacking lacking = new Lacking(topology, measured, reached.lacks());
        RunInputs answerable = inputs.without(lacking.of(inputs.stage(), inputs, inputs.planAt(started)));
        refuseIfAny(
                "this run cannot answer its SLOs",
                answerable
                        .stage()
                        .unresolvable(
                                topology,
                                answerable.requestNames(),
                                answerable.planAt(started),
                                answerable.plan().disturbanceNames()));
        EvidenceDirectory evidence =
                EvidenceDirectory.create(answerable.options().runs(), RunId.of(answerable, started));
        if (environment.observe().hideAccountIds()) {
            evidence.conceal(Secrets::withoutAccounts);
        }
        answerable.copyTo(evidence);
        RunJournal journal = new RunJournal(evidence, answerable, started);
        journal.reached(reached.deployed().baseUrl().toString());
        LiveJournal live = opened.add(evidence.live(GuardedRun::refuseUnwritable));
        journal.found(Fingerprint.of(found));
        live.topology(topology);
        Collector collector = opened.add(new Collector(clients, environment, CLOCK));
        collector.keepIn(live.also(watcher::event));
        collector.start(topology, SloMetrics.andOfLimits(answerable.stage()));
        journal.took("start", Duration.between(started, CLOCK.instant()));
        says.accept("Evidence: " + answerable.options().relative(evidence.path()));
        return new Observed(answerable, reached, clients, topology, evidence, journal, live, collector);
    }

    private Reached reached() {
        Environment environment = inputs.environment();
        if (!environment.embedded()) {
            return Reached.deployed(environment, inputs.probes());
        }
        says.accept("Starting the local stack");
        StackProcess stack = opened.add(StackProcess.start(
                inputs.options().home(),
                inputs.options().environmentFile(),
                inputs.stage().name(),
                inputs.options().overrides(),
                line -> says.accept("  " + line)));
        return Reached.started(environment, stack, inputs.probes());
    }

    private static String described(String profile) {
        return profile.equals(StagePlan.NAME) ? "the stage's plan" : "profile " + profile;
    }

    /** Says what a run on this stack would not see; refuses one that could not be carried out. */
    private void preflight(AwsClients clients, Environment environment) throws InterruptedException {
        Preflight.Findings seen = new Preflight(clients, environment, CLOCK).look(SloMetrics.of(inputs.stage()));
        refuse(seen.checks());
        seen.checks().stream()
                .filter(check -> check.state() == Preflight.State.BLIND)
                .forEach(check -> says.accept("Not seen: " + check.says() + ". Do: " + check.remedy()));
        Blindness.of(inputs.stage(), seen.dark()).forEach(line -> says.accept("Will be INCONCLUSIVE: " + line));
    }

    private static void refuse(List<Preflight.Check> checks) {
        refuseIfAny(
                "the environment is not ready",
                checks.stream()
                        .filter(check -> check.state() == Preflight.State.REFUSED)
                        .map(check -> check.says() + (check.remedy().isEmpty() ? "" : "; do: " + check.remedy()))
                        .toList());
    }

    private static void refuseIfAny(String what, List<String> problems) {
        if (!problems.isEmpty()) {
            throw new RunFailure(RunFailure.Cause.USAGE, what + ":\n  " + String.join("\n  ", problems));
        }
    }
}
