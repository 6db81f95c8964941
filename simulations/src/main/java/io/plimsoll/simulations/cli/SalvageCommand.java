package io.plimsoll.simulations.cli;

import io.plimsoll.results.report.ConsoleTable;
import io.plimsoll.results.run.Evidence;
import io.plimsoll.results.run.Salvage;
import io.plimsoll.results.verdict.Verdict;
import io.plimsoll.simulations.Judging;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes whole evidence of what a killed run left. */
@Command(
        name = "salvage",
        description = {
            "Makes whole evidence of what a killed run left (Gatling's log and what was observed until then),",
            "and judges it: the verdict is INVALID, never PASS, but everything that was measured can be read.",
            "Exit code: 4 INVALID, 64 not evidence of a killed run, 74 it cannot be written."
        },
        mixinStandardHelpOptions = true)
final class SalvageCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "RUN", description = "The evidence: results/runs/<run-id>")
    private Path run = Path.of("");

    @Override
    public Integer call() {
        Evidence evidence = Salvage.of(run);
        Verdict verdict = Judging.judge(run);
        PrintWriter out = spec.commandLine().getOut();
        out.print(ConsoleTable.render(verdict, 100, false));
        out.printf(
                "Salvaged: %,d requests, %d series, %d events%n",
                evidence.integrity().requests(),
                evidence.series().size(),
                evidence.events().size());
        out.flush();
        return verdict.outcome().exitCode();
    }
}
