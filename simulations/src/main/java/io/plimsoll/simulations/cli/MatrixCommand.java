package io.plimsoll.simulations.cli;

import io.plimsoll.simulations.series.Matrix;
import io.plimsoll.simulations.series.StageRuns;
import io.plimsoll.simulations.series.StageRuns.Claim;
import io.plimsoll.simulations.series.StageRuns.Result;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows that each claim passes on the healthy stack, and fails on one with exactly that promise broken. */
@Command(
        name = "matrix",
        description = {
            "Runs each claim on the healthy local stack and on one whose promise is broken on purpose",
            "(simulations/matrix.yaml), and prints what came out. Exit code: 0 if every claim passes healthy and fails",
            "broken and no other claim fails with it, else 2; 64 if a name is wrong, 69 if Maven cannot be started."
        },
        mixinStandardHelpOptions = true)
final class MatrixCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private MavenOptions maven = new MavenOptions();

    @Option(
            names = "--alone",
            description = "Broken runs show only the claim in question: shorter, but blind to others")
    private boolean alone;

    @Option(
            names = "--resume",
            description =
                    "Take the healthy stack's outcomes from its runs of the last 12 hours, where there are such runs")
    private boolean resume;

    @Parameters(index = "0..*", paramLabel = "CLAIM", description = "Only these claims, such as 4.4")
    private List<String> only = List.of();

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        StageRuns runs = maven.runs();
        Matrix matrix = Matrix.read(runs.home().resolve("simulations").resolve("matrix.yaml"))
                .only(only);
        Map<String, Result> healthy = new HashMap<>();
        List<String> lines = new ArrayList<>();
        boolean right = true;
        for (Matrix.Row row : matrix.rows()) {
            String plan = row.stage() + "-" + row.plan();
            if (!healthy.containsKey(plan)) {
                healthy.put(plan, healthy(runs, matrix, row, out));
            }
            Result whole = healthy.get(plan);
            Result broken = run(runs, row, alone ? row.claim() : "", row.set(), out);
            String before = outcome(whole, row.claim());
            String after = outcome(broken, row.claim());
            List<String> others = others(whole, broken, row.claim());
            right &= before.equals("PASS") && after.equals("FAIL") && others.isEmpty();
            lines.add(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %s | %s |",
                    row.claim(),
                    row.stage(),
                    before,
                    row.broken(),
                    after,
                    others.isEmpty() ? "-" : String.join(", ", others)));
        }
        out.println();
        out.println("| claim | stage | healthy | broken on purpose | then | other claims that fail then |");
        out.println("|---|---|---|---|---|---|");
        lines.forEach(out::println);
        out.flush();
        return right ? 0 : 2;
    }

    private Result healthy(StageRuns runs, Matrix matrix, Matrix.Row row, PrintWriter out) throws InterruptedException {
        Optional<Result> earlier = resume ? maven.latest(runs, row.stage(), row.plan()) : Optional.empty();
        return earlier.isPresent() ? earlier.get() : run(runs, row, healthyClaims(matrix, row), new TreeMap<>(), out);
    }

    private String healthyClaims(Matrix matrix, Matrix.Row like) {
        return only.isEmpty()
                ? ""
                : matrix.rows().stream()
                        .filter(row ->
                                row.stage().equals(like.stage()) && row.plan().equals(like.plan()))
                        .map(Matrix.Row::claim)
                        .distinct()
                        .collect(Collectors.joining(","));
    }

    private Result run(StageRuns runs, Matrix.Row row, String claims, SortedMap<String, String> set, PrintWriter out)
            throws InterruptedException {
        SortedMap<String, String> properties = new TreeMap<>(set);
        properties.put("environment", maven.environment());
        properties.put("stage", row.stage());
        properties.put("profile", row.plan());
        if (!claims.isEmpty()) {
            properties.put("claims", claims);
        }
        out.println("Running " + properties);
        out.flush();
        return maven.run(runs, properties, out);
    }

    private static String outcome(Result run, String claim) {
        Claim found = run.claims().get(claim);
        return found == null ? run.verdict() : found.outcome();
    }

    /** Claims that fail in the broken run and did not in the healthy one. */
    private static List<String> others(Result healthy, Result broken, String claim) {
        return broken.claims().values().stream()
                .filter(other -> other.outcome().equals("FAIL") && !other.id().equals(claim))
                .map(Claim::id)
                .filter(id -> !outcome(healthy, id).equals("FAIL"))
                .toList();
    }
}
