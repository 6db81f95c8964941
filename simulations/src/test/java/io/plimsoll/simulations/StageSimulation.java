package io.plimsoll.simulations;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.doSwitch;
import static io.gatling.javaapi.core.CoreDsl.onCase;
import static io.gatling.javaapi.core.CoreDsl.rampUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.core.CoreDsl.stopLoadGeneratorIf;
import static io.gatling.javaapi.http.HttpDsl.http;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Choice;
import io.gatling.javaapi.core.OpenInjectionStep;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Simulation;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.Phase;
import io.plimsoll.simulations.plan.Traffic;
import io.plimsoll.simulations.plan.Visit;
import java.time.Instant;
import java.util.List;

/**
 * Loads one stage of one environment by its plan, and gives the verdict.
 *
 * <p>{@code mvn gatling:test -Denvironment=local -Dstage=auto-scaled -Dprofile=ramp}
 */
public final class StageSimulation extends Simulation {
    private final LoadRun run = GuardedRun.prepare();

    public StageSimulation() {
        ScenarioBuilder users = scenario("visits")
                .exec(session -> {
                    run.loadFlows();
                    return session;
                })
                .exec(stopLoadGeneratorIf(
                        session -> run.stopped().orElse(""),
                        session -> run.stopped().isPresent()))
                .feed(run.visits())
                .exec(visit());
        setUp(users.injectOpen(injection()))
                .protocols(http.shareConnections().disableWarmUp().disableFollowRedirect());
    }

    /** What a user was drawn to do. Gatling's switch needs a choice of at least two. */
    private ChainBuilder visit() {
        VisitChain chain = new VisitChain(run::address);
        List<Visit> visits = run.inputs().traffic().mixes(run.inputs().plan().profile()).stream()
                .flatMap(mix -> mix.visits().stream())
                .toList();
        return visits.size() == 1
                ? chain.of(visits.get(0))
                : doSwitch(session -> session.getString(Traffic.VISIT))
                        .on(visits.stream().map(visit -> choice(visit, chain)).toArray(Choice.WithKey[]::new));
    }

    private static Choice.WithKey choice(Visit visit, VisitChain chain) {
        return onCase(visit.id()).then(chain.of(visit));
    }

    /** An open model: users arrive at the plan's rate whether or not earlier ones have been answered. */
    private List<OpenInjectionStep> injection() {
        LoadPlan plan = run.inputs().planAt(Instant.EPOCH);
        long most = Math.round(plan.offeredRequests(plan.whole()));
        return run.pacer()
                .map(pacer ->
                        List.of(PacedInjection.of(pacer, most, plan.whole().length())))
                .orElseGet(() -> planned(plan));
    }

    private static List<OpenInjectionStep> planned(LoadPlan plan) {
        return plan.phases().stream().map(StageSimulation::injection).toList();
    }

    /** Rates are of requests; a user may send several. */
    private static OpenInjectionStep injection(Phase phase) {
        double from = phase.fromRequestsPerSecond() / phase.requestsPerUser();
        double to = phase.toRequestsPerSecond() / phase.requestsPerUser();
        return from == to
                ? constantUsersPerSec(from).during(phase.window().length())
                : rampUsersPerSec(from).to(to).during(phase.window().length());
    }

    @Override
    public void before() {
        GuardedRun.guard(run::begin);
    }

    @Override
    public void after() {
        GuardedRun.guard(run::end);
    }
}
