package io.plimsoll.results.report;

import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.LogIntegrity;
import io.plimsoll.results.load.Phase;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.run.Evidence;
import io.plimsoll.results.run.RunFacts;
import io.plimsoll.results.verdict.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** The facts of a run, as rows of tables. */
final class RunTables {
    private static final int MOST_PARTS = 300;
    private static final String NOT_MEASURED = "not measured";

    private RunTables() {}

    /** What every reader wants to know: what ran, when, and whether it ended as planned. */
    static List<List<String>> essentials(Verdict verdict, Evidence evidence) {
        RunFacts facts = evidence.facts();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("Run", verdict.runId()));
        rows.add(List.of("Environment", verdict.environment()));
        rows.add(List.of("Stage", verdict.stage()));
        rows.add(List.of("Load profile", verdict.profile()));
        rows.add(List.of("Load was sent to", facts.baseUrl().isBlank() ? "nowhere" : facts.baseUrl()));
        rows.add(List.of("State", state(facts)));
        rows.add(List.of("Started", Figures.instant(facts.started())));
        rows.add(List.of("Ended", facts.ended().map(Figures::instant).orElse("never")));
        rows.add(List.of("Time scale", timeScale(facts.timeScale())));
        facts.overrides().forEach((key, value) -> rows.add(List.of("Override", key + "=" + value)));
        evidence.faults().forEach(fault -> rows.add(List.of("Fault of the evidence", fault)));
        return rows;
    }

    static Table run(Verdict verdict, Evidence evidence) {
        List<List<String>> rows = new ArrayList<>(essentials(verdict, evidence));
        evidence.facts()
                .timings()
                .forEach((step, seconds) -> rows.add(List.of("Time: " + step, Figures.seconds(seconds))));
        evidence.facts().versions().forEach((name, version) -> rows.add(List.of("Version: " + name, version)));
        return new Table("What was run", List.of("Fact", "Value"), List.of(), rows, "");
    }

    static Table load(Evidence evidence) {
        List<Phase> phases = evidence.facts().plan().map(LoadPlan::phases).orElse(List.of());
        List<List<String>> rows = phases.stream()
                .map(phase -> List.of(
                        phase.name(),
                        phase.window().start().toString(),
                        Figures.seconds(seconds(phase.window().length())),
                        rates(phase),
                        Figures.count(Math.round(phase.offeredRequests()))))
                .toList();
        return new Table(
                "Load offered, by phase",
                List.of("Phase", "Start", "Length", "Requests a second", "Requests"),
                List.of(2, 3, 4),
                rows,
                "The run ended before load was planned.");
    }

    static Table health(Evidence evidence) {
        List<List<String>> rows = new ArrayList<>();
        evidence.facts()
                .injector()
                .ifPresentOrElse(
                        health -> injector(rows, health), () -> rows.add(List.of("Load generator", NOT_MEASURED)));
        LogIntegrity log = evidence.integrity();
        rows.add(List.of("Log: requests", Figures.count(log.requests())));
        rows.add(List.of(
                "Log: users started, ended",
                Figures.count(log.usersStarted()) + ", " + Figures.count(log.usersEnded())));
        rows.add(List.of("Log: bytes after the last record", Figures.count(log.trailingBytes())));
        log.faults().forEach(fault -> rows.add(List.of("Log: fault", fault)));
        rows.add(List.of(
                "Clock of the stack minus that of the load generator",
                evidence.facts()
                        .clockOffset()
                        .map(offset -> offset.millis() + " ms ± " + offset.errorMillis() + " ms")
                        .orElse(NOT_MEASURED)));
        evidence.series().stream()
                .filter(series -> series.name().equals("service clock offset"))
                .flatMap(series -> series.samples().stream())
                .max(Comparator.comparingDouble(sample -> Math.abs(sample.value())))
                .ifPresent(sample -> rows.add(List.of(
                        "Clock of the service minus that of the load generator, at the most",
                        Math.round(1000 * sample.value()) + " ms")));
        return new Table("How the load generator fared", List.of("Fact", "Value"), List.of(), rows, "");
    }

    private static void injector(List<List<String>> rows, RunFacts.InjectorHealth health) {
        rows.add(List.of("Processors", String.valueOf(health.cores())));
        rows.add(List.of(
                "CPU of its process, mean and worst second",
                Figures.percent(health.cpuRatioMean()) + ", " + Figures.percent(health.cpuRatioMax())));
        rows.add(List.of("CPU of its machine, mean", Figures.percent(health.hostCpuRatioMean())));
        rows.add(List.of("Longest garbage collection pause", Figures.count(health.gcPauseMaxMillis()) + " ms"));
        rows.add(List.of(
                "Scheduling delay, p99 and longest",
                Figures.count(health.schedulingDelayP99Millis()) + " ms, "
                        + Figures.count(health.schedulingDelayMaxMillis()) + " ms"));
    }

    static Table collection(Evidence evidence) {
        List<List<String>> rows = new ArrayList<>();
        evidence.facts().collection().ifPresent(collection -> {
            rows.add(List.of("Late metrics settled before the deadline", collection.settled() ? "yes" : "no"));
            rows.add(List.of("Metrics requested", Figures.count(collection.metricsRequested())));
            rows.add(List.of(
                    "Estimated price on AWS", String.format(java.util.Locale.ROOT, "USD %.4f", collection.costUsd())));
            collection.apiCalls().forEach((call, count) -> rows.add(List.of("Calls: " + call, Figures.count(count))));
            collection.problems().forEach(problem -> rows.add(List.of("Problem", problem)));
        });
        return new Table(
                "How the stack was observed",
                List.of("Fact", "Value"),
                List.of(),
                rows,
                "Nothing was collected from the stack.");
    }

    static Table topology(Evidence evidence) {
        List<List<String>> rows = evidence.topology().resources().stream()
                .limit(MOST_PARTS)
                .map(resource ->
                        List.of(resource.id(), resource.kind().word(), existence(resource), facts(resource.facts())))
                .toList();
        int left = evidence.topology().resources().size() - rows.size();
        return new Table(
                left > 0 ? "Parts found; " + left + " more are in the evidence" : "Every part found",
                List.of("Part", "Kind", "Existed", "Facts"),
                List.of(),
                rows,
                "No part of the stack was found.");
    }

    private static String existence(Resource resource) {
        if (resource.existedFrom().isEmpty() && resource.existedUntil().isEmpty()) {
            return "the whole run";
        }
        String from = resource.existedFrom().map(at -> "from " + at).orElse("");
        String until = resource.existedUntil().map(at -> "until " + at).orElse("");
        return (from + " " + until).strip();
    }

    private static String facts(SortedMap<String, String> facts) {
        return facts.entrySet().stream()
                .map(fact -> fact.getKey() + ": " + fact.getValue())
                .collect(Collectors.joining("; "));
    }

    private static String rates(Phase phase) {
        String from = Figures.number(phase.fromRequestsPerSecond());
        String to = Figures.number(phase.toRequestsPerSecond());
        return from.equals(to) ? from : from + " to " + to;
    }

    private static String state(RunFacts facts) {
        return switch (facts.state()) {
            case COMPLETE -> "complete";
            case RUNNING -> "never finished";
            case ABORTED -> "aborted: " + facts.stateReason();
        };
    }

    private static String timeScale(double scale) {
        return scale == 1
                ? "1 (AWS time)"
                : Figures.number(scale) + " (a minute on AWS takes " + Figures.number(60 * scale) + " s here)";
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
