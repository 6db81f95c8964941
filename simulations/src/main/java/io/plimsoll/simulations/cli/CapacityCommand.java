package io.plimsoll.simulations.cli;

import io.plimsoll.environments.aws.disturb.GroupSize;
import io.plimsoll.results.capacity.CapacityResult;
import io.plimsoll.results.run.EvidenceDirectory;
import io.plimsoll.simulations.RunOptions;
import io.plimsoll.simulations.series.SearchLedger;
import io.plimsoll.simulations.series.StageRuns;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Searches for capacity at several sizes of the groups, and as often as asked. */
@Command(
        name = "capacity",
        description = {
            "Searches for the capacity of a stage (mvn gatling:test -Dprofile=capacity) at each size of its scaling groups, and",
            "prints the answers, how much load each took, and the Universal Scalability Law over three sizes or more.",
            "Exit code: 0 if every search has an answer and, with --known, at most one in twenty misses it; else 2; 64 if a",
            "name is wrong, 69 if Maven cannot be started."
        },
        mixinStandardHelpOptions = true)
final class CapacityCommand implements Callable<Integer> {
    private static final String PROFILE = "capacity";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private MavenOptions maven = new MavenOptions();

    @Option(names = "--stage", paramLabel = "NAME", defaultValue = "auto-scaled", description = "Default: auto-scaled")
    private String stage = "auto-scaled";

    @Option(
            names = "--instances",
            split = ",",
            paramLabel = "SIZE",
            defaultValue = "maximum",
            description = "Sizes of the groups: numbers, 'current' or 'maximum'. Default: maximum")
    private List<String> sizes = List.of("maximum");

    @Option(names = "--searches", paramLabel = "N", defaultValue = "1", description = "How often each. Default: 1")
    private int searches = 1;

    @Option(
            names = "--known",
            paramLabel = "RATE",
            description =
                    "Requests/s that an instance of the group that limits is known to hold: counts the answers that"
                            + " contain it")
    private Optional<Double> known = Optional.empty();

    @Option(
            names = "--resume",
            description =
                    "Take searches of the last 12 hours that have a verdict of PASS or FAIL, and run only the rest")
    private boolean resume;

    @Override
    public Integer call() throws InterruptedException {
        check();
        PrintWriter out = spec.commandLine().getOut();
        StageRuns runs = maven.runs();
        List<SearchLedger.Entry> entries = new ArrayList<>();
        Map<String, Deque<StageRuns.Result>> earlier = earlier(runs);
        for (int search = 1; search <= searches; search++) {
            for (String size : sizes) {
                out.println("Search " + search + " of " + searches + " at size " + size);
                Optional<StageRuns.Result> taken =
                        Optional.ofNullable(earlier.get(size)).map(Deque::poll);
                taken.flatMap(StageRuns.Result::evidence).ifPresent(from -> out.println("  taken from " + from));
                out.flush();
                entries.add(entry(size, taken.isPresent() ? taken.get() : run(size, runs, out)));
            }
        }
        SearchLedger ledger = new SearchLedger(entries, known);
        out.println();
        ledger.lines().forEach(out::println);
        out.flush();
        return ledger.passed() ? 0 : 2;
    }

    private void check() {
        for (String size : sizes) {
            if (GroupSize.parse(size).isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(), "--instances " + GroupSize.RULE + ", was '" + size + "'");
            }
        }
        if (searches < 1) {
            throw new ParameterException(spec.commandLine(), "--searches must be at least 1, was " + searches);
        }
        if (known.filter(rate -> !(rate > 0 && Double.isFinite(rate))).isPresent()) {
            throw new ParameterException(spec.commandLine(), "--known must be > 0, was " + known.get());
        }
    }

    private Map<String, Deque<StageRuns.Result>> earlier(StageRuns runs) {
        Map<String, Deque<StageRuns.Result>> earlier = new TreeMap<>();
        if (resume) {
            for (String size : sizes) {
                earlier.put(
                        size,
                        new ArrayDeque<>(maven.earlier(runs, stage, PROFILE, Map.of(RunOptions.INSTANCES, size))));
            }
        }
        return earlier;
    }

    private StageRuns.Result run(String size, StageRuns runs, PrintWriter out) throws InterruptedException {
        return maven.run(
                runs, new TreeMap<>(Map.of("stage", stage, "profile", PROFILE, RunOptions.INSTANCES, size)), out);
    }

    private static SearchLedger.Entry entry(String size, StageRuns.Result run) {
        return new SearchLedger.Entry(
                size, run.verdict(), run.reason(), run.evidence().flatMap(CapacityCommand::result));
    }

    private static Optional<CapacityResult> result(Path evidence) {
        return Files.isDirectory(evidence) ? EvidenceDirectory.open(evidence).capacity() : Optional.empty();
    }
}
