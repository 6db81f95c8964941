package io.plimsoll.simulations.cli;

import io.plimsoll.assertions.Stage;
import io.plimsoll.assertions.StageFiles;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Validates stage files: grammar, units, names. */
@Command(
        name = "check",
        description = {
            "Validates the stage files of a directory and lists their stages.",
            "Exit code: 0 all valid, 64 the first error, with file, line and column."
        },
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "DIRECTORY", description = "Usually assertions/stages")
    private Path directory = Path.of("");

    @Override
    public Integer call() {
        StageFiles files = StageFiles.load(directory);
        for (String name : files.names()) {
            Stage stage = files.stage(name);
            long slos = stage.claims().stream()
                    .mapToLong(claim -> claim.slos().size())
                    .sum();
            spec.commandLine()
                    .getOut()
                    .printf("%-18s %2d claims, %2d SLOs%n", name, stage.claims().size(), slos);
        }
        spec.commandLine().getOut().flush();
        return 0;
    }
}
