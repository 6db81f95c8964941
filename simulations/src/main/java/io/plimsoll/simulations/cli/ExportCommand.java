package io.plimsoll.simulations.cli;

import io.plimsoll.results.report.OpenMetrics;
import io.plimsoll.results.run.Evidence;
import io.plimsoll.results.run.EvidenceDirectory;
import io.plimsoll.results.run.WholeFile;
import io.plimsoll.simulations.Judging;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gives a run to other tools. */
@Command(
        name = "export",
        description = {
            "Exports timeline and verdict of a run for other tools.",
            "openmetrics: text with timestamps, for 'promtool tsdb create-blocks-from openmetrics FILE'.",
            "Exit code: 0 exported, whatever the verdict; 64 not evidence of a run, 74 cannot be written."
        },
        mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
    private static final String STANDARD_OUTPUT = "-";

    /** What can be exported; picocli lists them where another is given. */
    enum Format {
        openmetrics
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "RUN", description = "The evidence: results/runs/<run-id>")
    private Path run = Path.of("");

    @Option(
            names = "--format",
            defaultValue = "openmetrics",
            description = "Valid: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
    private Format format = Format.openmetrics;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description =
                    "Where to write it, - for the standard output. Default: metrics.openmetrics beside the evidence")
    private String output = "";

    @Override
    public Integer call() {
        EvidenceDirectory stored = EvidenceDirectory.open(run);
        Evidence evidence = stored.read();
        String text = OpenMetrics.render(Judging.verdict(stored, evidence), evidence);
        if (output.equals(STANDARD_OUTPUT)) {
            spec.commandLine().getOut().print(text);
        } else {
            Path file = output.isEmpty() ? run.resolve("metrics." + format) : Path.of(output);
            WholeFile.write(file, text);
            spec.commandLine().getOut().println(file);
        }
        spec.commandLine().getOut().flush();
        return 0;
    }
}
