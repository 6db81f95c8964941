package io.plimsoll.results.report;

import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.run.RunFacts.ClockOffset;
import io.plimsoll.results.run.RunFacts.InjectorHealth;
import io.plimsoll.results.run.ShardFacts;
import io.plimsoll.results.run.ShardRecord;
import java.util.List;

/** How each injector of several fared, a row each; what is wrong with one stands among the faults of the log. */
final class InjectorTable {
    private static final String NOTHING = "published nothing";
    private static final String NOT_MEASURED = "not measured";

    private InjectorTable() {}

    /** A row for each; none if there was one injector only. */
    static Table of(List<ShardRecord> injectors) {
        return new Table(
                "Injectors, each with what it sent of its part after the warm-up, and the clock of the place for results minus"
                        + " its own",
                List.of(
                        "Injector",
                        "Host",
                        "Requests sent",
                        "Sent of offered",
                        "Late",
                        "CPU mean, worst second",
                        "Clock",
                        "Exit",
                        "SHA-256 of its log"),
                List.of(2, 3, 4, 5, 6, 7),
                injectors.stream().map(InjectorTable::row).toList(),
                "One injector sent all load.");
    }

    private static List<String> row(ShardRecord injector) {
        String exit = injector.exitCode().isPresent()
                ? String.valueOf(injector.exitCode().getAsInt())
                : "none";
        if (injector.facts().isEmpty()) {
            return List.of(String.valueOf(injector.index()), NOTHING, "0", "", "", "", "", exit, "");
        }
        ShardFacts facts = injector.facts().get();
        return List.of(
                String.valueOf(injector.index()),
                facts.host(),
                Figures.count(facts.integrity().requests()),
                sent(facts),
                Figures.count(facts.latenessMillis()) + " ms",
                facts.health().map(InjectorTable::cpu).orElse(NOT_MEASURED),
                facts.clockOffset().map(InjectorTable::clock).orElse(NOT_MEASURED),
                exit,
                facts.logSha256());
    }

    private static String sent(ShardFacts facts) {
        LoadPlan plan = facts.plan();
        double offered = plan.offeredRequests(plan.afterWarmUp());
        return offered > 0
                ? Figures.count(facts.sentAfterWarmUp()) + " of " + Figures.count(Math.round(offered)) + ", "
                        + Figures.percent(facts.sentAfterWarmUp() / offered)
                : "nothing was offered";
    }

    private static String cpu(InjectorHealth health) {
        return Figures.percent(health.cpuRatioMean()) + ", " + Figures.percent(health.cpuRatioMax()) + " of "
                + health.cores() + " cores";
    }

    private static String clock(ClockOffset offset) {
        return offset.millis() + " ms ± " + offset.errorMillis() + " ms";
    }
}
