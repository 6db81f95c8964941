package io.plimsoll.simulations.cli;

import io.plimsoll.results.report.ConsoleTable;
import io.plimsoll.results.verdict.Verdict;
import io.plimsoll.simulations.Judging;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Judges stored evidence again, without load, stack or network. */
@Command(
        name = "judge",
        description = {
            "Judges a run's stored evidence again and writes its reports anew.",
            "Exit code: 0 PASS, 2 FAIL, 3 INCONCLUSIVE, 4 INVALID, 64 not evidence of a run."
        },
        mixinStandardHelpOptions = true)
final class JudgeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "DIRECTORY", description = "The evidence: results/runs/<run-id>")
    private Path directory = Path.of("");

    @Override
    public Integer call() {
        return judge(directory, spec.commandLine().getOut());
    }

    private static int judge(Path directory, PrintWriter out) {
        Verdict verdict = Judging.judge(directory);
        out.print(ConsoleTable.render(verdict, 100, false));
        out.flush();
        return verdict.outcome().exitCode();
    }

    /** The same, without a command line: failures are reported as those of any command. */
    static int run(Path directory, PrintWriter out, PrintWriter err) {
        try {
            return judge(directory, out);
        } catch (RuntimeException e) {
            int code = Failures.report(e, err);
            err.flush();
            return code;
        }
    }
}
