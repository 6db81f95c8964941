package io.plimsoll.simulations.cli;

import io.plimsoll.assertions.Stage;
import io.plimsoll.assertions.StageClaim;
import io.plimsoll.assertions.StageFiles;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists stages and what they claim. */
@Command(
        name = "stages",
        description = {
            "Lists the stages with their claims and SLOs, those of the stages below included.",
            "Exit code: 0, or 64 if a file is wrong or there is no such stage."
        },
        mixinStandardHelpOptions = true)
final class StagesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", arity = "0..1", paramLabel = "STAGE", description = "Only this one, with its SLOs")
    private String only = "";

    @Option(
            names = "--stages",
            paramLabel = "DIRECTORY",
            defaultValue = "assertions/stages",
            description = "Where the stage files are. Default: ${DEFAULT-VALUE}")
    private Path directory = Path.of("");

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        StageFiles files = StageFiles.load(directory);
        Collection<String> names = only.isEmpty() ? files.names() : List.of(only);
        for (String name : names) {
            print(files.stage(name), out);
        }
        out.flush();
        return 0;
    }

    private void print(Stage stage, PrintWriter out) {
        out.printf("%s: %d claims%n", stage.name(), stage.claims().size());
        for (StageClaim claim : stage.claims()) {
            out.printf("  %-5s %s%n", claim.id(), claim.says());
            if (!only.isEmpty()) {
                claim.slos().forEach(slo -> out.printf("          %s%n", slo));
            }
        }
    }
}
