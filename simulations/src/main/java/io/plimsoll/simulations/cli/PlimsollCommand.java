package io.plimsoll.simulations.cli;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code mvn -q compile exec:java -Dexec.args="judge results/runs/<run-id>"}.
 *
 * <p>Exit codes: 0 pass, 2 fail, 3 inconclusive, 4 invalid, 64 usage or a file that is wrong, 74 something cannot be
 * written.
 */
@Command(
        name = "plimsoll",
        description = "The load line for a cloud stack.",
        mixinStandardHelpOptions = true,
        version = "Plimsoll 0.1.0",
        subcommands = {
            CapacityCommand.class,
            CheckCommand.class,
            CompareCommand.class,
            TrendCommand.class,
            ExportCommand.class,
            FleetCommand.class,
            DoctorCommand.class,
            TopologyCommand.class,
            JudgeCommand.class,
            LearnCommand.class,
            LocalCommand.class,
            MatrixCommand.class,
            NightlyCommand.class,
            ReportCommand.class,
            SalvageCommand.class,
            SignOffCommand.class,
            StagesCommand.class,
            AutoComplete.GenerateCompletion.class,
            CommandLine.HelpCommand.class
        })
public final class PlimsollCommand implements Runnable {
    static final int USAGE = 64;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is required");
    }

    /** All commands, with their error texts and exit codes. */
    public static CommandLine commandLine() {
        return new CommandLine(new PlimsollCommand())
                .setExitCodeExceptionMapper(thrown -> USAGE)
                .setExecutionExceptionHandler((thrown, line, parsed) -> Failures.report(thrown, line.getErr()))
                .setParameterExceptionHandler((thrown, rejected) -> {
                    CommandLine line = thrown.getCommandLine();
                    line.getErr().println("plimsoll: " + thrown.getMessage());
                    line.usage(line.getErr());
                    return USAGE;
                });
    }

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(run(arguments, writer(System.out), writer(System.err)));
    }

    /** UTF-8 whatever the locale: reasons hold signs beyond ASCII. */
    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    /** What CI runs after every load, {@code judge DIRECTORY}, does not wait for a parser to be made of all commands. */
    static int run(String[] arguments, PrintWriter out, PrintWriter err) {
        if (arguments.length == 2 && arguments[0].equals("judge") && !arguments[1].matches("[-@].*")) {
            return JudgeCommand.run(Path.of(arguments[1]), out, err);
        }
        return commandLine().setOut(out).setErr(err).execute(arguments);
    }
}
