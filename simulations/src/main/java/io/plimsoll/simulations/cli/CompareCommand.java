package io.plimsoll.simulations.cli;

import io.plimsoll.assertions.judgement.RunComparison;
import io.plimsoll.assertions.judgement.RunComparison.Change;
import io.plimsoll.assertions.judgement.RunComparison.Line;
import io.plimsoll.results.run.Evidence;
import io.plimsoll.results.run.EvidenceDirectory;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares two runs by their evidence. */
@Command(
        name = "compare",
        description = {
            "Shows what differs between two runs, and whether it is more than noise.",
            "Exit code: 0, or 64 if one of them is not evidence of a run."
        },
        mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "EARLIER", description = "Evidence: results/runs/<run-id>")
    private Path earlier = Path.of("");

    @Parameters(index = "1", paramLabel = "LATER", description = "Evidence of the run it is compared with")
    private Path later = Path.of("");

    @Option(names = "--all", description = "Also what does not differ by more than noise")
    private boolean all;

    @Override
    public Integer call() {
        Evidence before = EvidenceDirectory.open(earlier).read();
        Evidence after = EvidenceDirectory.open(later).read();
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "earlier: %s%nlater:   %s%n",
                before.facts().runId(), after.facts().runId());
        before.faults().forEach(fault -> out.printf("earlier: %s%n", fault));
        after.faults().forEach(fault -> out.printf("later:   %s%n", fault));
        List<String> conditions = new RunConditions(earlier, before, later, after).differences();
        out.printf("%nWhat was run differs in:%n");
        (conditions.isEmpty() ? List.of("nothing that the evidence tells") : conditions)
                .forEach(line -> out.printf("  %s%n", line));
        print(RunComparison.of(before, after), out);
        out.flush();
        return 0;
    }

    private void print(List<Line> lines, PrintWriter out) {
        if (lines.isEmpty()) {
            out.printf("%nOne of the runs planned no load: there is nothing to compare.%n");
            return;
        }
        long changed = lines.stream().filter(CompareCommand::isChanged).count();
        long quiet = lines.stream()
                .filter(line -> line.change() == Change.WITHIN_NOISE)
                .count();
        out.printf("%n%-42s %12s %12s %9s  %s%n", "WHAT IT CAME TO", "EARLIER", "LATER", "CHANGE", "MORE THAN NOISE?");
        for (Line line : lines) {
            if (all || isChanged(line)) {
                out.printf(
                        "%-42s %12s %12s %9s  %s%n",
                        line.what(), line.before(), line.after(), line.difference(), verdict(line));
            }
        }
        out.printf(
                "%d of %d numbers differ by more than noise; of %d a difference was not shown%s%n",
                changed, lines.size(), quiet, all ? "" : " (--all lists them)");
    }

    private static boolean isChanged(Line line) {
        return line.change() == Change.HIGHER || line.change() == Change.LOWER;
    }

    private static String verdict(Line line) {
        return switch (line.change()) {
            case HIGHER, LOWER -> line.change().name().toLowerCase(Locale.ROOT) + ", bounds " + line.bounds();
            case WITHIN_NOISE -> "not shown" + (line.bounds().isEmpty() ? "" : ", bounds " + line.bounds());
            case UNKNOWN -> "cannot be told";
        };
    }
}
