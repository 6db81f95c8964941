package io.plimsoll.simulations.cli;

import io.plimsoll.environments.aws.descriptor.Environment;
import io.plimsoll.environments.aws.descriptor.EnvironmentFile;
import io.plimsoll.simulations.RehearsalFile;
import io.plimsoll.simulations.RunOptions;
import io.plimsoll.simulations.StackProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Starts the local stack by itself, so that a descriptor of somebody's own stack can be tried on it. */
@Command(
        name = "local",
        description = {
            "Starts the local stack of stage auto-scaled and leaves it up until standard input ends (Ctrl-D).",
            "Prints a descriptor by which it is found like a stack in an AWS account: save it as environments/mine.yaml.",
            "Exit code: 0 it was stopped, 64 environments/local.yaml is wrong, 69 it did not start."
        },
        mixinStandardHelpOptions = true)
final class LocalCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        Path home = RunOptions.home(Path.of(""));
        Path file = home.resolve("environments").resolve("local.yaml");
        Environment local = EnvironmentFile.load(file);
        PrintWriter out = spec.commandLine().getOut();
        try (StackProcess stack = StackProcess.start(home, file, RehearsalFile.STAGE, new TreeMap<>(), line -> {})) {
            out.print(RehearsalFile.of(local, stack));
            out.flush();
            System.in.transferTo(OutputStream.nullOutputStream());
        }
        return 0;
    }
}
