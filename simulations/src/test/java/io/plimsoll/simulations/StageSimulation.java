package io.plimsoll.simulations;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.doIfEqualsOrElse;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.rampUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.OpenInjectionStep;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Simulation;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.Phase;
import io.plimsoll.simulations.plan.Traffic;
import java.time.Instant;
import java.util.List;

/**
 * Loads one stage of one environment by one profile, and gives the verdict.
 *
 * <p>{@code mvn gatling:test -Denvironment=local -Dstage=auto-scaled -Dprofile=ramp}
 */
public final class StageSimulation extends Simulation {
    private final StageRun run = GuardedRun.prepare();

    public StageSimulation() {
        Traffic traffic = run.inputs().traffic();
        ScenarioBuilder users = scenario("one request each")
                .feed(traffic.requests())
                .exec(session -> {
                    run.loadFlows();
                    return session;
                })
                .exec(doIfEqualsOrElse(session -> session.getString("request"), Traffic.WRITE)
                        .then(write(traffic))
                        .orElse(read()));
        setUp(users.injectOpen(injection(run.inputs().planAt(Instant.EPOCH))))
                .protocols(http.shareConnections().disableWarmUp().disableFollowRedirect());
    }

    private ChainBuilder read() {
        return exec(http(Traffic.READ)
                .get(session -> run.baseUrl() + "/items/" + session.getInt("key"))
                .check(status().is(200)));
    }

    private ChainBuilder write(Traffic traffic) {
        String item = "x".repeat(traffic.writeBytes());
        return exec(http(Traffic.WRITE)
                .post(session -> run.baseUrl() + "/items")
                .header("Content-Type", "application/octet-stream")
                .body(StringBody(item))
                .check(status().is(201)));
    }

    /** An open model: users arrive at the plan's rate whether or not earlier ones have been answered. */
    private static List<OpenInjectionStep> injection(LoadPlan plan) {
        return plan.phases().stream().map(StageSimulation::injection).toList();
    }

    private static OpenInjectionStep injection(Phase phase) {
        return phase.fromRequestsPerSecond() == phase.toRequestsPerSecond()
                ? constantUsersPerSec(phase.fromRequestsPerSecond())
                        .during(phase.window().length())
                : rampUsersPerSec(phase.fromRequestsPerSecond())
                        .to(phase.toRequestsPerSecond())
                        .during(phase.window().length());
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
