package io.plimsoll.simulations.cli;

import io.plimsoll.results.verdict.Verdict;
import io.plimsoll.simulations.Judging;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Renders the reports of a run again. */
@Command(
        name = "report",
        description = {
            "Renders report.html, summary.md, junit.xml and verdict.json of a run again from its evidence.",
            "Exit code: 0 rendered, whatever the verdict (judge tells it); 64 not evidence of a run, 74 cannot be written."
        },
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
    private static final List<String> FILES = List.of("report.html", "summary.md", "junit.xml", "verdict.json");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "RUN", description = "The evidence: results/runs/<run-id>")
    private Path run = Path.of("");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIRECTORY",
            description = "Where to write them; made if it does not exist. Default: beside the evidence")
    private Path output = Path.of("");

    @Override
    public Integer call() {
        Path target = output.toString().isEmpty() ? run : output;
        Verdict verdict = Judging.judge(run, target);
        spec.commandLine().getOut().println(verdict.outcome() + ": " + verdict.reason());
        FILES.forEach(file -> spec.commandLine().getOut().println(target.resolve(file)));
        spec.commandLine().getOut().flush();
        return 0;
    }
}
